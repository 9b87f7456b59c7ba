import { once } from "node:events";
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

/**
 * A fault for all requests that match `method` and the regular expression `path`. If several faults match, the first one
 * applies.
 */
export type Fault = {
  method?: string;
  path?: string;
  /** The fault affects only this number of matching requests, the first ones. */
  count?: number;
  /** The fault affects only this share of the matching requests, evenly spread. */
  rate?: number;
  what:
    | { refuse: true }
    /** The request is never forwarded and gets no response. */
    | { hang: true }
    /** The request is forwarded only when the faults change, even if the client has disconnected. */
    | { hold: true }
    /** The request is forwarded after this time (ms). */
    | { delay: number }
    /** The proxy itself sends this response. If `answer` is a text, it is sent as HTML. */
    | { status: number; answer?: object | string }
    /** The request is forwarded, but the response is lost. */
    | { drop: true }
    /** The request is forwarded, but the second half of the response is lost. */
    | { cut: true };
};
type Seen = { method: string; path: string; fault: Fault["what"] | null };

/**
 * Each request to Supabase has a new connection. A reused connection could close while a request is sent on it, which would be
 * an additional fault.
 */
const agent = new Agent({ keepAlive: false });
const KEEP_ALIVE = 75_000;

/** Starts a proxy between the app and Supabase that injects faults. */
export async function startFaultProxy(target: string) {
  let faults: Fault[] = [];
  let uses = new Map<Fault, number>();
  let seen: Seen[] = [];
  let changed = Promise.withResolvers<void>();

  function isDue(fault: Fault) {
    const used = uses.get(fault) ?? 0;
    uses.set(fault, used + 1);
    // Multiples of the golden ratio spread the share evenly, and in the same way in each run.
    return fault.rate === undefined ? used < (fault.count ?? Infinity) : (used * 0.618034) % 1 < fault.rate;
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const body = await buffer(request);
    const { method = "GET", url: path = "/" } = request;
    const matches = (fault: Fault) =>
      (!fault.method || fault.method === method) && (!fault.path || new RegExp(fault.path).test(path));
    const fault = faults.find(matches);
    const what = fault && isDue(fault) ? fault.what : null;
    seen.push({ method, path, fault: what });
    if (!what) return forward(request, body, response, (answer) => answer.pipe(response));
    if ("refuse" in what) return void request.socket.destroy();
    if ("hang" in what) return;
    if ("status" in what) {
      const { status, answer = { message: `status ${status}` } } = what;
      const isHtml = typeof answer === "string";
      response.writeHead(status, { "content-type": isHtml ? "text/html" : "application/json" });
      return void response.end(isHtml ? answer : JSON.stringify(answer));
    }
    if ("hold" in what) await changed.promise;
    if ("delay" in what) await setTimeout(what.delay);
    forward(request, body, response, (answer) => {
      if ("drop" in what) return void answer.resume().once("end", () => request.socket.destroy());
      if (!("cut" in what)) return answer.pipe(response);
      void buffer(answer).then((whole) =>
        response.write(whole.subarray(0, whole.length / 2), () => request.socket.destroy()),
      );
    });
  }

  function forward(
    { method, url = "/", headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    then: (answer: IncomingMessage) => void,
  ) {
    const given = { ...headers, "content-length": String(body.length) };
    delete (given as Record<string, unknown>)["transfer-encoding"];
    const asked = ask(new URL(url, target), { agent, method, headers: given }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // If the client has disconnected, the request to Supabase continues, and the response is not used.
      if (response.destroyed) answer.resume();
      else then(answer);
    });
    asked.once("error", () => response.destroy());
    asked.end(body);
  }

  let isDown = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    // `handle` throws if the client dies while it sends the request.
    handle(request, response).catch(() => response.destroy());
  });
  // While the proxy is down, it resets connections but keeps its port open. Otherwise another process could use the port.
  server.on("connection", (socket) => isDown && socket.resetAndDestroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Replaces all faults and clears the recorded requests. An empty list ends all faults. */
    async set(next: Fault[] = []) {
      faults = next;
      uses = new Map();
      seen = [];
      changed.resolve();
      changed = Promise.withResolvers();
    },
    seen: async () => seen,
    /** Breaks every connection, as if Supabase could not be reached. */
    async down() {
      isDown = true;
      server.closeAllConnections();
    },
    async up() {
      isDown = false;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>;
