import type { Prediction } from "@/lib/predictions/schema";
import { type Problem, readPrediction, readProblem } from "./api";
import type { GenerateRequest } from "./job";
import { backoff, waitOrOnline } from "./retry";
import type { JobStore } from "./store";

/** What a proxy answers when the app behind it does not. */
const gatewayStatuses = [502, 503, 504];
const maxGatewayTries = 4;
/** A closed page still sends up to 64 KB in all: twenty requests of this many characters, at three bytes each. */
const maxKeepaliveLength = 1_000;

/** Adds a card to the feed and starts its prediction. False when the server refused. */
export async function startJob(store: JobStore, request: GenerateRequest, key: string) {
  store.apply({ type: "sent", key, request, at: Date.now() });
  const answer = await submitRequest(request, key, () => store.apply({ type: "offline", key }), store.owner);
  if ("problem" in answer) {
    store.apply({ type: "refused", key, problem: answer.problem });
    return false;
  }
  store.apply({ type: "accepted", key, prediction: answer.prediction });
  // Until now there was no id to cancel.
  if (store.get().some((job) => job.key === key && job.cancelAsked)) void cancelJob(store, answer.prediction.id);
  return true;
}

/** Cancels a prediction. When the server refuses, the card runs on and can be canceled again. */
export async function cancelJob(store: JobStore, id: string) {
  const response = await sendUntilAnswered(() => fetch(`/api/replicate/${id}`, { method: "DELETE" }));
  if (response.ok) store.apply({ type: "seen", predictions: [await readPrediction(response)] });
  else store.apply({ type: "cancelRefused", id });
}

/**
 * Starts a prediction. A request whose answer is lost may have started one, so it is sent again with the same key: the
 * server then answers with the same prediction instead of starting a second one. With `owner` the server refuses the request
 * when another user has signed in meanwhile.
 */
export async function submitRequest(
  request: GenerateRequest,
  key: string,
  onOffline: () => void,
  owner?: string,
): Promise<{ prediction: Prediction } | { problem: Problem }> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key, ...(owner && { "X-User": owner }) };
  const body = JSON.stringify(request);
  const keepalive = body.length < maxKeepaliveLength;
  const send = () => fetch("/api/replicate", { method: "POST", headers, body, keepalive });
  const response = await sendUntilAnswered(send, onOffline);
  return response.ok ? { prediction: await readPrediction(response) } : { problem: await readProblem(response) };
}

/** An idempotency key for one click. `crypto.randomUUID` is missing on plain http addresses of a home network. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends until the app answers: without a network for ever, and a few times when only a proxy answers. */
async function sendUntilAnswered(send: () => Promise<Response>, onOffline?: () => void) {
  for (let failures = 1; ; failures += 1) {
    const response = await send().catch(() => null);
    if (response && (failures >= maxGatewayTries || !isFromGateway(response))) return response;
    onOffline?.();
    await waitOrOnline(backoff(failures));
  }
}

/** Whether a proxy answered: the app itself always answers with problem+json. */
function isFromGateway(response: Response) {
  const isProblem = response.headers.get("Content-Type")?.includes("problem+json");
  return gatewayStatuses.includes(response.status) && !isProblem;
}
