import type { Prediction, Usage } from "@/lib/predictions/schema";

/** Why a request was refused: what the API's problem+json says, or our words where there is none. */
export type Problem = {
  status: number;
  detail: string;
  fields: { field: string; description: string }[];
  /** Nobody knows whether something was started: only the same request, with the same key, may be sent again. */
  isUnclear?: boolean;
};

/** Answers of 5xx that say: nothing was started. */
const REFUSALS: unknown[] = ["provider_unavailable", "spend_cap"];

/** Reads a prediction out of our own API's answer. It was checked when the server wrote it. */
export async function readPrediction(response: Response): Promise<Prediction> {
  const body: unknown = await response.json();
  if (!isPrediction(body)) throw new TypeError("The answer is not a prediction.");
  return body;
}

export async function readPredictions(response: Response): Promise<Prediction[]> {
  const body: unknown = await response.json();
  const results: unknown = isRecord(body) ? body.results : null;
  if (!Array.isArray(results)) throw new TypeError("The answer is not a list of predictions.");
  return results.filter(isPrediction);
}

/** Whether a list is not of `owner`, for whom the page was drawn: somebody else has signed in since. */
export function isOfAnother({ headers }: Response, owner: string) {
  return (headers.get("X-User") ?? owner) !== owner;
}

export async function readUsage(response: Response): Promise<Usage> {
  const body: unknown = await response.json();
  if (!isUsage(body)) throw new TypeError("The answer is not a usage.");
  return body;
}

export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const { type, detail, invalid_fields: invalid } = isRecord(body) ? body : {};
  const fields = Array.isArray(invalid) ? invalid.filter(isInvalidField) : [];
  return {
    status: response.status,
    isUnclear: response.status >= 500 && !REFUSALS.includes(type),
    detail: typeof detail === "string" ? detail : "The server could not answer. Try again in a moment.",
    fields: fields.map(({ field, description }) => ({ field: field.replace(/^input\./, ""), description })),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPrediction(value: unknown): value is Prediction {
  return isRecord(value) && typeof value.id === "string" && typeof value.status === "string";
}

function isUsage(value: unknown): value is Usage {
  return isRecord(value) && isRecord(value.images) && typeof value.images.left === "number";
}

function isInvalidField(value: unknown): value is { field: string; description: string } {
  return isRecord(value) && typeof value.field === "string" && typeof value.description === "string";
}
