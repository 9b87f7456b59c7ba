import { once } from "node:events";
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

/** A fault of matching requests. The first match applies; `path` is a regular expression. */
export type Fault = {
  method?: string;
  path?: string;
  /** Only the first n matching requests. */
  count?: number;
  /** Only this share of the matching requests, evenly spread. */
  rate?: number;
  what:
    | { refuse: true }
    /** Never forwarded and never answered. */
    | { hang: true }
    /** Forwarded only when the faults change, also if the client has gone. */
    | { hold: true }
    /** Forwarded after this time (ms). */
    | { delay: number }
    /** A text is sent as HTML. */
    | { status: number; answer?: object | string }
    /** Forwarded, but the response is lost. */
    | { drop: true }
    /** Forwarded, but the second half of the response is lost. */
    | { cut: true };
};
type Seen = { method: string; path: string; fault: Fault["what"] | null };

/** No keep-alive between the proxy and Supabase: reusing a connection just as it closes would be an extra fault. */
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
    // Multiples of the golden ratio spread the share evenly, and every run is equal.
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
      // The client may have gone; the request continues.
      if (response.destroyed) answer.resume();
      else then(answer);
    });
    asked.once("error", () => response.destroy());
    asked.end(body);
  }

  let isDown = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    // The sender died in the middle of the request.
    handle(request, response).catch(() => response.destroy());
  });
  // The port stays open, because another process could take it.
  server.on("connection", (socket) => isDown && socket.resetAndDestroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Replaces the faults (an empty list ends them) and clears the recorded requests. */
    async set(next: Fault[] = []) {
      faults = next;
      uses = new Map();
      seen = [];
      changed.resolve();
      changed = Promise.withResolvers();
    },
    seen: async () => seen,
    /** Breaks every connection, as if the database had gone. */
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
