import { AsyncLocalStorage } from "node:async_hooks";
import { text } from "node:stream/consumers";
import { vi } from "vitest";
import { startFileServer } from "../../support/file-server";

/** A response of Replicate: an error status, or a body with the status 200 (201 for a create request). */
export type Reply = { status: 404 | 429 | 500 | 503 } | { body: string };

/** The name of a request header. Its value is the key of the prediction for which the request is sent. */
const SENT_FOR = "x-sent-for";
/** The key of the prediction whose sequence runs in the current async context. */
export const playing = new AsyncLocalStorage<string>();

/** Adds the header `SENT_FOR` to every request to this Replicate. */
export function markRequests(origin: string) {
  const send = fetch;
  vi.stubGlobal("fetch", ((input, init) => {
    const headers = new Headers(init?.headers);
    headers.set(SENT_FOR, playing.getStore() ?? "");
    return send(input, String(input).startsWith(origin) ? { ...init, headers } : init);
  }) satisfies typeof fetch);
}

/**
 * How Replicate responds to requests about one prediction: with `create` to the create request, and with `reply` to polls. If
 * `isListed`, Replicate's list of predictions contains the prediction.
 */
export type Script = { id: string; create: Reply; isListed: boolean; reply: Reply; served: string[] };

/**
 * Starts a Replicate that responds as its scripts say. The keys of `scripts` are the prompts of the predictions. The `served`
 * of a script collects the bodies that were sent for its own prediction. A body that was sent while the app searched for
 * another prediction is not collected.
 */
export async function startScriptedReplicate() {
  const scripts = new Map<string, Script>();

  async function answer(method: string, path: string, body: string, sentFor: unknown): Promise<Reply> {
    const [, id] = /^\/v1\/predictions\/([^/?]+)/.exec(path) ?? [];
    if (id) {
      const [key, script] = [...scripts].find(([, one]) => one.id === id) ?? [];
      if (script && "body" in script.reply && sentFor === key) script.served.push(script.reply.body);
      return script?.reply ?? { status: 404 };
    }
    if (method === "POST") {
      const { input } = JSON.parse(body) as { input: { prompt: string } };
      const script = scripts.get(input.prompt);
      if (script && "body" in script.create) script.served.push(script.create.body);
      return script?.create ?? { status: 404 };
    }
    const listed = [...scripts.values()].filter(({ isListed }) => isListed);
    const results = listed.map((script) => ({ id: script.id, created_at: new Date().toISOString() }));
    return { body: JSON.stringify({ next: null, results: [null, { id: 7 }, ...results] }) };
  }

  const server = await startFileServer((request, response) => {
    void text(request).then(async (body) => {
      const reply = await answer(request.method ?? "", request.url ?? "", body, request.headers[SENT_FOR]);
      const status = "status" in reply ? reply.status : request.method === "POST" ? 201 : 200;
      response.writeHead(status, { "content-type": "application/json", "retry-after": "1" });
      response.end("body" in reply ? reply.body : JSON.stringify({ detail: "scripted" }));
    });
  });
  return { origin: server.origin, scripts, close: server.close };
}
