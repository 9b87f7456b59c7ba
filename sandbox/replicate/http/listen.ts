import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import { HTTP_TIMEOUTS } from "../../http-timeouts.ts";

type Handle = (request: Request) => Promise<Response>;

/**
 * Returns the body of a request as a stream. Nothing is read before the stream is used. So if the request is rejected because of
 * its headers, its body is never read.
 */
function streamOf(incoming: IncomingMessage): ReadableStream {
  let chunks: AsyncIterator<unknown> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= incoming[Symbol.asyncIterator]();
        const chunk: IteratorResult<unknown, unknown> = await chunks.next();
        if (chunk.done) controller.close();
        else controller.enqueue(chunk.value);
      },
    },
    { highWaterMark: 0 },
  );
}

function toRequest(incoming: IncomingMessage, origin: string): Request {
  const method = incoming.method ?? "GET";
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const body = method === "GET" || method === "HEAD" ? null : streamOf(incoming);
  const init = { method, headers, body, duplex: "half" };
  return new Request(new URL(incoming.url ?? "/", origin), init);
}

async function send(response: Response, outgoing: ServerResponse, isHead: boolean) {
  if (response.type === "error") return void outgoing.destroy();
  outgoing.writeHead(response.status, response.statusText || undefined, Object.fromEntries(response.headers));
  if (!response.body || isHead) return void outgoing.end();
  const body = response.body.getReader();
  outgoing.on("close", () => void body.cancel().catch(() => undefined));
  try {
    for (let chunk = await body.read(); !chunk.done; chunk = await body.read()) {
      const { value } = chunk;
      await new Promise<unknown>((flushed) => outgoing.write(value, flushed));
    }
    outgoing.end();
  } catch {
    // The stream of the response's body has failed, after some of the bytes were sent. The closed connection shows the client
    // that the rest is missing.
    outgoing.destroy();
  }
}

/**
 * Starts a server on 127.0.0.1. Port 0 chooses a free port. `handleFor` receives the origin of the server, and returns the
 * function that handles its requests.
 */
export async function listen(
  port: number,
  handleFor: (origin: string) => Handle,
): Promise<{ server: Server; origin: string }> {
  const server = createServer({ ...HTTP_TIMEOUTS, requestTimeout: 0 });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`;
  const handle = handleFor(origin);
  server.on("request", (incoming, outgoing) => {
    void (async () => {
      try {
        await send(await handle(toRequest(incoming, origin)), outgoing, incoming.method === "HEAD");
      } catch {
        // `toRequest` has thrown, because `Request` does not allow some methods, such as TRACE.
        outgoing.writeHead(405).end();
      }
    })();
  });
  return { server, origin };
}
