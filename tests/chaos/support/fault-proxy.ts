import { once } from "node:events";
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What goes wrong with a request. The first trouble that matches counts; `path` is a regular expression. */
export type Trouble = {
  method?: string;
  path?: string;
  /** Only the first n that match. */
  count?: number;
  /** Only this share of them, evenly spread. */
  rate?: number;
  what:
    | { refuse: true }
    /** Never answered, never forwarded. */
    | { hang: true }
    /** Forwarded only once the troubles change, whether or not anybody still waits. */
    | { hold: true }
    | { status: number; answer?: object }
    /** Done, but the answer is lost. */
    | { drop: true }
    /** Done, but half of the answer is lost. */
    | { cut: true };
};
export type Seen = { method: string; path: string; trouble: Trouble["what"] | null };

/** Between the proxy and Supabase no connection is kept: one that is closed just when it is used again would be a trouble of its own. */
const agent = new Agent({ keepAlive: false });
const KEEP_ALIVE = 75_000;

/** Stands between the app and Supabase and makes trouble as it is told. */
export async function startFaultProxy(target: string) {
  let troubles: Trouble[] = [];
  let uses = new Map<Trouble, number>();
  let seen: Seen[] = [];
  let changed = Promise.withResolvers<void>();

  function isDue(trouble: Trouble) {
    const used = uses.get(trouble) ?? 0;
    uses.set(trouble, used + 1);
    // Multiples of the golden ratio: the share is kept, and every run is the same.
    return trouble.rate === undefined ? used < (trouble.count ?? Infinity) : (used * 0.618034) % 1 < trouble.rate;
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const body = await buffer(request);
    const { method = "GET", url: path = "/" } = request;
    const matches = (trouble: Trouble) =>
      (!trouble.method || trouble.method === method) && (!trouble.path || new RegExp(trouble.path).test(path));
    const trouble = troubles.find(matches);
    const what = trouble && isDue(trouble) ? trouble.what : null;
    seen.push({ method, path, trouble: what });
    if (!what) return forward(request, body, response, (answer) => answer.pipe(response));
    if ("refuse" in what) return void request.socket.destroy();
    if ("hang" in what) return;
    if ("status" in what) {
      response.writeHead(what.status, { "content-type": "application/json" });
      return void response.end(JSON.stringify(what.answer ?? { message: `status ${what.status}` }));
    }
    if ("hold" in what) await changed.promise;
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
      // Who asked may have gone; it is done all the same.
      if (response.destroyed) answer.resume();
      else then(answer);
    });
    asked.once("error", () => response.destroy());
    asked.end(body);
  }

  let isDown = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    // A sender that died half way.
    handle(request, response).catch(() => response.destroy());
  });
  // The port is kept: another process might take it meanwhile.
  server.on("connection", (socket) => isDown && socket.resetAndDestroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Replaces the troubles; none: everything is well. Forgets what was seen. */
    async set(next: Trouble[] = []) {
      troubles = next;
      uses = new Map();
      seen = [];
      changed.resolve();
      changed = Promise.withResolvers();
    },
    seen: async () => seen,
    /** Nobody is there any more: every connection breaks. */
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
