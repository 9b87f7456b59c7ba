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

/** The id of the prediction that answers a chat. */
export function idOf(response: Response): string {
  return response.headers.get("location")?.replace("/api/replicate/", "") ?? "";
}

/** The predictions that Replicate accepted with an input that contains these words. */
export async function listSent(words: string) {
  const { predictions } = await readLedger(inject("stack"));
  return predictions.filter(({ input }) => JSON.stringify(input).includes(words));
}
