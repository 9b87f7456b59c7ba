import "server-only";
import Replicate from "replicate";
import type { z } from "zod";
import { env } from "@/lib/env";
import { ReplicateError } from "./errors";
import { fetchWithoutRetry, UPSTREAM_STATUS } from "./fetch";
import {
  ReplicateCollection,
  ReplicateCollectionPage,
  ReplicateModel,
  ReplicateModelPage,
  ReplicatePrediction,
  ReplicatePredictionPage,
  ReplicateProblem,
  ReplicateVersion,
  ReplicateVersionPage,
} from "./schema";

/** The longest wait for an answer (ms); a create that takes longer is looked for, never sent again. */
const TIMEOUT = 12_000;
/** The most that a prediction nobody hears of any more may run, and cost. Replicate's own bound on a run. */
const CANCEL_AFTER = "30m";
/** Of the list of predictions: what may be created within five minutes. */
const MOST_PAGES = 30;

type Create = {
  model: string;
  /** Null: an official model, which has no version of its own. */
  version: string | null;
  input: Record<string, unknown>;
  /** Where Replicate calls back. */
  webhook: string | null;
};

let client: Replicate | undefined;

function replicate(): Replicate {
  client ??= new Replicate({
    auth: env().REPLICATE_API_TOKEN,
    baseUrl: env().REPLICATE_API_BASE_URL,
    useFileOutput: false,
    fetch: fetchWithoutRetry(TIMEOUT),
  });
  return client;
}

/** Starts a prediction. Sent exactly once, whatever happens: an `unclear` error may well have started one. */
export function createPrediction({ model, version, input, webhook }: Create): Promise<ReplicatePrediction> {
  const path = version ? ["predictions"] : ["models", ...model.split("/"), "predictions"];
  return ask(path, ReplicatePrediction, {
    method: "POST",
    headers: { "Cancel-After": CANCEL_AFTER },
    data: {
      ...(version && { version }),
      input,
      ...(webhook && { webhook, webhook_events_filter: ["start", "logs", "completed"] }),
    },
  });
}

export function getPrediction(id: string): Promise<ReplicatePrediction> {
  return ask(["predictions", id], ReplicatePrediction);
}

/** Replicate's answer is the prediction as it stands, which may have finished first. */
export function cancelPrediction(id: string): Promise<ReplicatePrediction> {
  return ask(["predictions", id, "cancel"], ReplicatePrediction, { method: "POST" });
}

/**
 * Our account's predictions since this moment (Unix ms), the newest first, as the list has them: ids and times, what else it
 * holds is not dependable. A page has a hundred, and Replicate takes 600 creates a minute.
 */
export async function listPredictionsSince(moment: number) {
  const isSince = ({ created_at }: { created_at: string }) => Date.parse(created_at) >= moment;
  const found: ReplicatePredictionPage["results"] = [];
  let params: Record<string, string> = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { results, next }: ReplicatePredictionPage = await ask(["predictions"], ReplicatePredictionPage, { params });
    found.push(...results.filter(isSince));
    const cursor = URL.parse(next ?? "")?.searchParams.get("cursor");
    if (!cursor || !results.every(isSince)) break;
    params = { cursor };
  }
  return found;
}

export function getModel(model: string): Promise<ReplicateModel> {
  return ask(["models", ...model.split("/")], ReplicateModel);
}

export function getVersion(model: string, version: string): Promise<ReplicateVersion> {
  return ask(["models", ...model.split("/"), "versions", version], ReplicateVersion);
}

/** A model's newest versions, at most a page of them; official models list none. */
export function listVersions(model: string): Promise<ReplicateVersionPage> {
  return ask(["models", ...model.split("/"), "versions"], ReplicateVersionPage);
}

/** Public models that match the words. `cursor` is the one in the `next` of the page before. */
export function searchModels(words: string, cursor: string | null): Promise<ReplicateModelPage> {
  return ask(["models"], ReplicateModelPage, {
    method: "QUERY",
    headers: { "Content-Type": "text/plain" },
    // The client sends any data as JSON but types it as an object.
    data: { toJSON: () => words },
    params: { ...(cursor && { cursor }) },
  });
}

/** The shelves that Replicate itself puts models on. */
export function listCollections(): Promise<ReplicateCollectionPage> {
  return ask(["collections"], ReplicateCollectionPage);
}

export function getCollection(slug: string): Promise<ReplicateCollection> {
  return ask(["collections", slug], ReplicateCollection);
}

/** One request. Whatever is in a segment of the path cannot leave its place; dots alone would, however they are written. */
async function ask<Schema extends z.ZodType>(
  path: string[],
  schema: Schema,
  options: {
    method?: string;
    headers?: Record<string, string>;
    params?: Record<string, string>;
    data?: object;
  } = {},
): Promise<z.infer<Schema>> {
  if (path.some((segment) => /^\.{0,2}$/.test(segment)))
    throw new ReplicateError("not_found", "Nothing has this name.");
  let answer: unknown;
  try {
    const response = await replicate().request(path.map(encodeURIComponent).join("/"), { method: "GET", ...options });
    answer = await response.json();
  } catch (error) {
    throw await explained(error);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new ReplicateError("unclear", "Replicate's answer makes no sense.", { cause: parsed.error });
  }
  return parsed.data;
}

/** The client's error carries the response, whose body it has put into the message. */
async function explained(error: unknown): Promise<ReplicateError> {
  const response = error instanceof Error && "response" in error ? error.response : null;
  if (!(response instanceof Response)) {
    return new ReplicateError("unclear", "Replicate's answer could not be read.", { cause: error });
  }
  const status = Number(response.headers.get(UPSTREAM_STATUS));
  const problem = problemIn(error instanceof Error ? error.message : "");
  const message = (problem.detail ?? problem.title ?? `Replicate answered ${status}.`).slice(0, 2000);
  if (status === 429) {
    const asked = Number(response.headers.get("retry-after")) || problem.retry_after;
    return new ReplicateError("throttled", message, { cause: error, ...(asked && { retryAfter: clamp(asked) }) });
  }
  if (status === 401 || status === 402 || status === 403)
    return new ReplicateError("unauthorized", message, { cause: error });
  if (status === 404) return new ReplicateError("not_found", message, { cause: error });
  // 408 comes from whoever stands in front: what became of the request is unknown.
  if (status >= 400 && status < 500 && status !== 408) {
    return new ReplicateError("refused", message, { cause: error, invalidFields: problem.invalid_fields ?? [] });
  }
  return new ReplicateError("unclear", message, { cause: error });
}

/** Seconds, between one and an hour: a wait beyond that would be a mistake of somebody's. */
function clamp(seconds: number): number {
  return Math.min(3600, Math.max(1, seconds));
}

function problemIn(message: string): z.infer<typeof ReplicateProblem> {
  const start = message.indexOf("{");
  const end = message.lastIndexOf("}");
  try {
    return ReplicateProblem.parse(JSON.parse(message.slice(start, end + 1)));
  } catch {
    return {};
  }
}
