import "server-only";
import { limitJson } from "./limit-json";
import { request } from "./client";
import { ReplicateError, toReplicateError } from "./errors";
import { searchRequest } from "./search-request";

/**
 * The largest body that `lookUp` returns (bytes). A page of 100 models with their schemas has about 1 MB. The list of all
 * versions of an old model can have several MB.
 */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A request for one of Replicate's resources. If `words` is set, the request searches for these words. `isText`: the response
 * is a text, not JSON.
 */
export type Question = { path: string[]; params?: Record<string, string>; words?: string; isText?: boolean };

/**
 * Returns the body of one of Replicate's resources and its size (bytes). The body has all its fields, even those that this app
 * does not know. JSON is limited by `limitJson`. Throws a `ReplicateError`. Its kind is `unreadable` if the body is longer than
 * 16 MB.
 */
export async function lookUp({ path, params = {}, words, isText = false }: Question) {
  const response = await request(path, { ...(words !== undefined && searchRequest(words)), params });
  const text = await response.text();
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) throw new ReplicateError("unreadable", `The response is longer than ${MAX_BYTES} bytes.`);
  return { body: isText ? text : parse(text), bytes };
}

function parse(text: string): unknown {
  try {
    return limitJson(JSON.parse(text)).json;
  } catch (error) {
    throw toReplicateError(error);
  }
}
