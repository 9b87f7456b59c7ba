import type { Prediction } from "@/lib/predictions/schema";
import { type Problem, readPrediction, readProblem } from "./read-response";
import type { GenerateRequest } from "./job";
import { retryPause, waitOrUntilOnline } from "./retry-pause";
import type { JobStore } from "./job-store";

/** A proxy responds with one of these statuses when the app behind it does not respond. */
const gatewayStatuses = [502, 503, 504];
const maxGatewayTries = 4;
/**
 * With `keepalive`, browsers send a request even after the page closes. All such requests together may have at most 64 KB. Twenty
 * requests of this length (characters) fit, even at three bytes for each character.
 */
const maxKeepaliveLength = 1_000;

/** Adds a card to the feed and starts its prediction. Returns false if the server rejected the request. */
export async function startJob(store: JobStore, request: GenerateRequest, key: string) {
  store.apply({ type: "sent", key, request, at: Date.now() });
  const result = await submitRequest(request, key, () => store.apply({ type: "offline", key }), store.owner);
  if ("problem" in result) {
    store.apply({ type: "rejected", key, problem: result.problem });
    return false;
  }
  store.apply({ type: "accepted", key, ...result });
  // The user may have canceled before the prediction had an id.
  if (store.get().some((job) => job.key === key && job.cancelAsked)) void cancelJob(store, result.prediction.id);
  return true;
}

/**
 * Cancels a prediction. If the server rejects the cancel request, the card shows that the prediction continues, and the user can
 * cancel again.
 */
export async function cancelJob(store: JobStore, id: string) {
  const response = await sendUntilResponse(() => fetch(`/api/replicate/${id}`, { method: "DELETE" }));
  if (response.ok) store.apply({ type: "seen", predictions: [await readPrediction(response)] });
  else store.apply({ type: "cancelRejected", id });
}

/**
 * Starts a prediction. If a response is lost, sends the request again with the same key. If the first request has already started
 * a prediction, the server returns this prediction and does not start a second one. With `owner`, the server rejects the request
 * if another user has signed in.
 */
export async function submitRequest(
  { secrets, ...request }: GenerateRequest,
  key: string,
  onOffline: () => void,
  owner?: string,
): Promise<{ prediction: Prediction; isReused: boolean } | { problem: Problem }> {
  const headers = startHeaders(key, owner);
  const body = JSON.stringify({ ...request, input: { ...request.input, ...secrets } });
  const keepalive = body.length < maxKeepaliveLength;
  const send = () => fetch("/api/replicate", { method: "POST", headers, body, keepalive });
  const response = await sendUntilResponse(send, onOffline);
  if (!response.ok) return { problem: await readProblem(response) };
  return { prediction: await readPrediction(response), isReused: response.status === 200 };
}

/**
 * Returns the headers of a request that starts a prediction. With `owner`, the server rejects the request if another user has
 * signed in.
 */
export function startHeaders(key: string, owner?: string) {
  return { "Content-Type": "application/json", "Idempotency-Key": key, ...(owner && { "X-User": owner }) };
}

/**
 * Returns an idempotency key for one click. `crypto.randomUUID` is not used, because it does not exist without https, for example
 * in a home network.
 */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends a request again and again until the app responds. If a proxy responds instead of the app, returns its last response after
 * `maxGatewayTries` attempts.
 */
export async function sendUntilResponse(send: () => Promise<Response>, onOffline?: () => void) {
  for (let failures = 1; ; failures += 1) {
    const response = await send().catch(() => null);
    if (response && (failures >= maxGatewayTries || !isFromGateway(response))) return response;
    onOffline?.();
    await waitOrUntilOnline(retryPause(failures));
  }
}

/** Whether the response is an error of a proxy. The app itself sends every error as problem+json. */
function isFromGateway(response: Response) {
  const isProblem = response.headers.get("Content-Type")?.includes("problem+json");
  return gatewayStatuses.includes(response.status) && !isProblem;
}
