import type { Prediction } from "@/lib/predictions/schema";
import { type Problem, readPrediction, readProblem } from "./api";
import type { Request } from "./job";
import { backoff, waitOrOnline } from "./retry";

/** What proxies answer when the app behind them does not. */
const GATEWAY = [502, 503, 504];
const MOST_TRIES = 4;
/**
 * Browsers go on sending what a closed page has begun, but 64 KB in all: what is more is not sent at all. Twenty requests of
 * so many characters, each of three bytes, are less.
 */
const OUTLIVES_PAGE = 1_000;

/**
 * Starts a prediction. A request whose answer is lost may have started one, so it is sent again with the same key:
 * the server then answers with the same prediction instead of starting a second. While the network is gone that goes on
 * for ever; when only the server does not answer, its last word is told after a few tries. With `owner` it is theirs or
 * nobody's: somebody else may have signed in meanwhile.
 */
export async function submitRequest(
  request: Request,
  key: string,
  onOffline: () => void,
  owner?: string,
): Promise<{ prediction: Prediction } | { problem: Problem }> {
  const response = await ask(() => post(request, key, owner), onOffline);
  return response.ok ? { prediction: await readPrediction(response) } : { problem: await readProblem(response) };
}

/** A key for one click. `crypto.randomUUID` is missing on plain http addresses of a home network. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Cancels a prediction, as soon as the network is there; null when that was refused. */
export async function cancelPrediction(id: string) {
  const response = await ask(() => fetch(`/api/replicate/${id}`, { method: "DELETE" }));
  return response.ok ? readPrediction(response) : null;
}

/** Sends until the app answers, or the server has not for a few tries. While there is no network, that goes on for ever. */
async function ask(send: () => Promise<Response>, onOffline?: () => void) {
  for (let failures = 1; ; failures += 1) {
    const response = await send().catch(() => null);
    if (response && (failures >= MOST_TRIES || !isOfGateway(response))) return response;
    onOffline?.();
    await waitOrOnline(backoff(failures));
  }
}

/** Not the app's own word: that is always problem+json. */
function isOfGateway(response: Response) {
  return GATEWAY.includes(response.status) && !response.headers.get("Content-Type")?.includes("problem+json");
}

async function post(request: Request, key: string, owner: string | undefined) {
  const headers = {
    "Content-Type": "application/json",
    "Idempotency-Key": key,
    ...(owner && { "X-User": owner }),
  };
  const body = JSON.stringify(request);
  const keepalive = body.length < OUTLIVES_PAGE;
  return fetch("/api/replicate", { method: "POST", headers, body, keepalive });
}
