import "server-only";
import { getTokenUser } from "@/lib/auth";
import { streamText, type TextEvent } from "@/lib/predictions/live-updates/stream-text";
import type { ServerEvent } from "@/lib/replicate/read-events";

/**
 * `userId`: the user who reads the answer. `token`: the user's access token. `signal`: aborts when the user's browser
 * disconnects.
 */
type Reader = { userId: string; token: string | null; signal: AbortSignal };
/** `detail` is set in the event `error`: why the prediction failed. */
export type AnswerEvent = ServerEvent & { detail?: string };

/**
 * Yields the answer of a language model as events, as `streamText` does. Ends early when the reader disconnects or is signed out.
 */
export async function* streamAnswer(
  id: string,
  { userId, token, signal }: Reader,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const isAllowed = async () => (await getTokenUser(token)) !== null;
  for await (const event of streamText(id, { userId, isAllowed, signal })) yield toAnswerEvent(event);
}

function toAnswerEvent(given: TextEvent): AnswerEvent {
  const { event, data } = given;
  if (event === "output") return { event, id: given.id, data };
  if (event !== "error") return { event, data };
  return { event, data: JSON.stringify({ type: "prediction_failed", detail: data }), detail: data };
}
