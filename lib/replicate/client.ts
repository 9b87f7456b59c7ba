import "server-only";
import Replicate from "replicate";
import type { z } from "zod";
import { env } from "@/lib/env";
import { ReplicateError, toReplicateError } from "./errors";
import { fetchWithoutRetry } from "./fetch-without-retry";
import {
  type NewPrediction,
  ReplicateCollection,
  ReplicateCollectionPage,
  ReplicateFile,
  ReplicateModel,
  ReplicateModelPage,
  ReplicatePrediction,
  ReplicatePredictionPage,
  ReplicateVersion,
  ReplicateVersionPage,
} from "./schema";
import { searchRequest, sendBareWords } from "./search-request";

// The exported functions of this file throw a `ReplicateError` if a request fails.

/**
 * The time limit of a request (ms). If a create request takes longer, it may have started a prediction. So it is not sent
 * again. Instead, its prediction is searched for later.
 */
const TIMEOUT = 12_000;
/** The time limit for sending a file to Replicate (ms). It is shorter than the lease of the prediction that needs the file. */
const FILE_TIMEOUT = 60_000;
/**
 * Replicate must cancel a prediction that still runs after this time (s). So if this app cannot find a prediction again, its
 * cost is limited.
 */
const CANCEL_AFTER = 1800;
/**
 * At most this many pages of a list are read. A page has 100 predictions, and Replicate accepts at most 3,000 new predictions in
 * five minutes. So the pages always contain at least the last five minutes.
 */
const MAX_PAGES = 30;

let client: Replicate | undefined;

function replicate(): Replicate {
  return (client ??= createClient(TIMEOUT));
}

function createClient(timeout: number): Replicate {
  return new Replicate({
    auth: env().REPLICATE_API_TOKEN,
    baseUrl: env().REPLICATE_API_BASE_URL,
    useFileOutput: false,
    fetch: sendBareWords(fetchWithoutRetry(timeout)),
  });
}

/**
 * Starts a prediction and returns it. The request is sent exactly once. After an error of kind `unclear` or `unreadable`, the
 * prediction may have started nevertheless.
 */
export function createPrediction(request: NewPrediction): Promise<ReplicatePrediction> {
  const { model, version, input, webhook, cancelAfter = CANCEL_AFTER } = request;
  const path = version ? ["predictions"] : ["models", ...model.split("/"), "predictions"];
  return send(path, ReplicatePrediction, {
    method: "POST",
    headers: { "Cancel-After": `${cancelAfter}s` },
    data: {
      ...(version && { version }),
      input,
      ...(webhook && { webhook, webhook_events_filter: ["start", "logs", "output", "completed"] }),
    },
  });
}

export function getPrediction(id: string): Promise<ReplicatePrediction> {
  return send(["predictions", id], ReplicatePrediction);
}

/** Cancels a prediction and returns it. The prediction may have finished before it could be canceled. */
export function cancelPrediction(id: string): Promise<ReplicatePrediction> {
  return send(["predictions", id, "cancel"], ReplicatePrediction, { method: "POST" });
}

/**
 * Returns the predictions that were created since `time` (ms since 1970), newest first. The result has only a few fields, because
 * the other fields in Replicate's list are not reliable.
 */
export async function listPredictionsSince(time: number) {
  const isSince = ({ created_at }: { created_at: string }) => Date.parse(created_at) >= time;
  const found: ReplicatePredictionPage["results"] = [];
  let params: Record<string, string> = {};
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { results, next }: ReplicatePredictionPage = await send(["predictions"], ReplicatePredictionPage, { params });
    found.push(...results.filter(isSince));
    const cursor = URL.parse(next ?? "")?.searchParams.get("cursor");
    if (!cursor || !results.every(isSince)) break;
    params = { cursor };
  }
  return found;
}

export function getModel(model: string) {
  return send(["models", ...model.split("/")], ReplicateModel);
}

/** A longer README is cut off after this many characters. */
const MAX_README = 20_000;

/**
 * Returns the README of a model as Markdown, cut off if it is very long. Throws an error of kind `not_found` if there is none.
 */
export async function getReadme(model: string): Promise<string> {
  const response = await request(["models", ...model.split("/"), "readme"]);
  return (await response.text()).slice(0, MAX_README);
}

export function getVersion(model: string, version: string) {
  return send(["models", ...model.split("/"), "versions", version], ReplicateVersion);
}

/**
 * Returns the newest versions of a model (the first page of Replicate's list), newest first. For an official model, the list is
 * empty.
 */
export function listVersions(model: string) {
  return send(["models", ...model.split("/"), "versions"], ReplicateVersionPage);
}

/**
 * Returns a page of public models that match `words`. `cursor` is null for the first page. For any other page, it is taken from
 * the URL `next` of the page before.
 */
export function searchModels(words: string, cursor: string | null) {
  return send(["models"], ReplicateModelPage, {
    ...searchRequest(words),
    params: { ...(cursor && { cursor }) },
  });
}

export function listCollections() {
  return send(["collections"], ReplicateCollectionPage);
}

export function getCollection(slug: string) {
  return send(["collections", slug], ReplicateCollection);
}

type RequestOptions = {
  method?: string;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  data?: object;
};

/**
 * Sends a file to Replicate and returns its URL, for the input of a prediction. Replicate keeps the file for 24 hours, and only
 * our own predictions can read it.
 */
export async function uploadFile(content: Blob, name: string): Promise<string> {
  const file = new File([content], name, { type: content.type });
  const created = await createClient(FILE_TIMEOUT)
    .files.create(file)
    .catch((error: unknown) => {
      throw toReplicateError(error);
    });
  const { data, error } = ReplicateFile.safeParse(created);
  if (error) throw new ReplicateError("unreadable", "Replicate's response has an unknown format.", { cause: error });
  return data.urls.get;
}

/**
 * Sends one request, and returns the response. The segments of the path are encoded. A path with a segment that is empty, `.`
 * or `..` is rejected: the encoding does not change such a segment, so the URL would have another path.
 */
export async function request(path: string[], options: RequestOptions = {}): Promise<Response> {
  const isUnsafe = path.some((segment) => /^\.{0,2}$/.test(segment));
  if (isUnsafe) throw new ReplicateError("not_found", "This name does not exist.");
  try {
    return await replicate().request(path.map(encodeURIComponent).join("/"), { method: "GET", ...options });
  } catch (error) {
    throw toReplicateError(error);
  }
}

/** Sends one request, and returns the JSON of the response, validated by the schema. */
async function send<Schema extends z.ZodType>(
  path: string[],
  schema: Schema,
  options?: RequestOptions,
): Promise<z.infer<Schema>> {
  const response = await request(path, options);
  const body: unknown = await response.json().catch((error: unknown) => {
    throw toReplicateError(error);
  });
  const { data, error } = schema.safeParse(body);
  if (error) throw new ReplicateError("unreadable", "Replicate's response has an unknown format.", { cause: error });
  return data;
}
