import { isRecord } from "@/components/ui/is-record";
import type { Prediction } from "@/lib/predictions/schema";

/** Why the API rejected a request: the contents of the error response (`application/problem+json`). */
export type Problem = {
  status: number;
  /** The code of the error. Missing if the response did not come from the app. */
  type?: unknown;
  detail: string;
  fields: { field: string; description: string }[];
  /** True if a prediction may have been started. The request may be sent again only with the same idempotency key. */
  isUnclear?: boolean;
};

/** With these types of problems, no prediction was started, although the status is 5xx. */
const rejectionTypes: unknown[] = ["provider_unavailable", "spend_cap"];

/** Requests a prediction. Returns null if it does not exist. Throws if there is no valid response. */
export async function getPrediction(id: string, signal?: AbortSignal): Promise<Prediction | null> {
  const response = await fetch(`/api/replicate/${encodeURIComponent(id)}`, { signal, cache: "no-store" });
  if (response.status === 404) return null;
  if (!response.ok) throw new TypeError(`Prediction ${id} could not be loaded: status ${response.status}.`);
  return readPrediction(response);
}

export function readPrediction(response: Response): Promise<Prediction> {
  return readChecked(response, isPrediction);
}

export async function readPredictions(response: Response): Promise<Prediction[]> {
  return (await readChecked(response, isPage)).results.filter(isPrediction);
}

/** Returns the body of a response. `is` checks only a few fields, because the server has already validated all of them. */
export async function readChecked<Value>(response: Response, is: (body: unknown) => body is Value): Promise<Value> {
  const body: unknown = await response.json();
  if (is(body)) return body;
  throw new TypeError(`The response with the status ${response.status} has an unknown format.`);
}

export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const { type, detail, invalid_fields: invalid } = isRecord(body) ? body : {};
  const fields = Array.isArray(invalid) ? invalid.filter(isInvalidField) : [];
  return {
    status: response.status,
    type,
    isUnclear: response.status >= 500 && !rejectionTypes.includes(type),
    detail: typeof detail === "string" ? detail : "The server's response could not be read. Try again in a moment.",
    fields: fields.map(toFieldProblem),
  };
}

/**
 * Replaces the path of an invalid field in an error response by the name of the setting. For an entry of a list, the path is, for
 * example, `input.images.0`. If a setting is missing, the path is only `input`, and the description begins with the name of the
 * setting ("prompt is required").
 */
export function toFieldProblem({ field, description }: { field: string; description: string }) {
  const [name = ""] = field === "input" ? description.split(" ") : field.replace(/^input\./, "").split(".");
  return { field: name, description };
}

/** Whether a response is for another user than `owner`, for whom the page was rendered. Another user may have signed in since. */
export function isOfAnotherUser({ headers }: Response, owner: string) {
  return (headers.get("X-User") ?? owner) !== owner;
}

function isPrediction(value: unknown): value is Prediction {
  return isRecord(value) && typeof value.id === "string" && typeof value.status === "string";
}

function isPage(value: unknown): value is { results: unknown[] } {
  return isRecord(value) && Array.isArray(value.results);
}

function isInvalidField(value: unknown): value is { field: string; description: string } {
  return isRecord(value) && typeof value.field === "string" && typeof value.description === "string";
}
