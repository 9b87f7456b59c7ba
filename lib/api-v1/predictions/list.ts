import "server-only";
import { z } from "zod";
import { cursorOf, parseCursor } from "@/lib/cursor";
import { AppError } from "@/lib/errors";
import { type ApiV1Prediction, toReplicatePrediction } from "@/lib/api-v1/predictions/serialize";
import { appOrigin } from "@/lib/request-params";
import { listInputFiles, type ListQuery, listOwnPredictions } from "./queries";

const Time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text).toISOString());

/** A cursor that begins with this character leads to newer predictions. */
const BACK = "-";

type Listed = Omit<ApiV1Prediction, "logs">;
type Page = { next: string | null; previous: string | null; results: Listed[] };

/**
 * Returns a page of the user's predictions, newest first, in the format of Replicate's API. `next` and `previous` are absolute
 * URLs, because Replicate's official client would append a path to its base URL. Throws `invalid_query`.
 */
export async function listForCaller(request: Request, userId: string): Promise<Page> {
  const url = new URL(request.url);
  const query = parseQuery(url.searchParams);
  if (!query) return { next: null, previous: null, results: [] };
  const { rows, hasMore } = await listOwnPredictions(userId, query);
  const origin = appOrigin(request.headers);
  const linkTo = (cursor: string) => {
    const params = new URLSearchParams(url.searchParams);
    params.set("cursor", cursor);
    return `${origin}${url.pathname}?${params}`;
  };
  const [first, last] = [rows.at(0), rows.at(-1)];
  const files = await listInputFiles(userId, rows);
  return {
    next: last && (query.isBack || hasMore) ? linkTo(cursorOf(last)) : null,
    previous: first && (query.isBack ? hasMore : query.from) ? linkTo(BACK + cursorOf(first)) : null,
    results: rows.map((row) => {
      const { logs: _, ...listed } = toReplicatePrediction(row, files, origin);
      return listed;
    }),
  };
}

/**
 * Returns the query, or null if the list must be empty: `source=web` selects only predictions from Replicate's website, and
 * this app has no such predictions.
 */
function parseQuery(params: URLSearchParams): ListQuery | null {
  const source = params.get("source");
  if (source !== null && source !== "web") throw invalid("source", "web");
  const cursor = params.get("cursor");
  const isBack = cursor?.startsWith(BACK) ?? false;
  const from = cursor === null ? null : parseCursor(isBack ? cursor.slice(BACK.length) : cursor);
  if (cursor !== null && !from) throw invalid("cursor", 'the cursor in the URL "next" or "previous" of another page');
  const query = { after: readTime(params, "created_after"), before: readTime(params, "created_before"), from, isBack };
  return source === "web" ? null : query;
}

function readTime(params: URLSearchParams, name: string): string | null {
  const given = params.get(name);
  if (given === null) return null;
  const time = Time.safeParse(given).data;
  if (time === undefined) throw invalid(name, "a time such as 2026-11-21T14:32:07Z");
  return time;
}

function invalid(name: string, expected: string): AppError {
  return new AppError("invalid_query", `The parameter "${name}" must be ${expected}.`);
}
