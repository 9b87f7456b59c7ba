import { inject } from "vitest";
import { readLedger, type createApi } from "../../support/api";

type Api = ReturnType<typeof createApi>;

/** Sends a chat as the user of `api`. */
export function askChat(api: Api, chat: object, headers: Record<string, string> = {}, signal?: AbortSignal) {
  return api.ask("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(chat),
    ...(signal && { signal }),
  });
}

/** Returns the id of the prediction that answers a chat. The header `Location` names it. */
export function idOf(response: Response): string {
  return response.headers.get("location")?.replace("/api/replicate/", "") ?? "";
}

/** Returns the predictions that Replicate has accepted and whose input contains these words. */
export async function listSent(words: string) {
  const { predictions } = await readLedger(inject("stack"));
  return predictions.filter(({ input }) => JSON.stringify(input).includes(words));
}
