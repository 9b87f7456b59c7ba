import "server-only";
import http from "node:http";
import https from "node:https";
import { lookupPublicAddress } from "./lookup-public-address";
import { isLocalTarget, parseTarget } from "./target-url";

type Options = {
  headers: Record<string, string>;
  signal: AbortSignal;
  lookup?: ReturnType<typeof lookupPublicAddress>;
};

/**
 * Sends a webhook. Throws unless the receiver responds with a 2xx status. The body of the response is not read, and redirects are
 * not followed. If the URL is not allowed or leads to a private network, throws before it connects.
 */
export async function sendWebhook(target: string, body: string, { headers, signal, lookup }: Options): Promise<void> {
  const url = parseTarget(target);
  const status = isLocalTarget(url)
    ? await post(http.request, url, body, { headers, signal })
    : await post(https.request, url, body, { headers, signal, lookup: lookup ?? lookupPublicAddress() });
  if (status < 200 || status > 299) throw new Error(`The receiver responded with status ${status}.`);
}

function post(request: typeof https.request, url: URL, body: string, options: Options): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = {
    ...options.headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "darkroom-webhooks",
  };
  // Without an agent, each request opens a new connection, and `lookup` checks the address of the host. An agent would reuse
  // old connections without this check.
  const sent = request(url, { ...options, method: "POST", headers, agent: false, rejectUnauthorized: true });
  sent.once("response", (response) => {
    resolve(response.statusCode ?? 0);
    response.destroy();
  });
  sent.on("error", reject);
  // After some responses, such as one that changes the protocol, Node emits only `close`, not `response` or `error`.
  sent.once("close", () => reject(new Error("The connection was closed without a response.")));
  sent.end(body);
  return promise;
}
