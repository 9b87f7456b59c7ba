import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { z } from "zod";

const Body = z.looseObject({ id: z.string(), status: z.string(), output: z.unknown(), logs: z.string() });

type Received = {
  path: string;
  headers: Record<string, string>;
  signed: { id: string; timestamp: string; signature: string; body: string };
};

/** Starts a server that receives webhooks on a free port. `answer` returns the status for the delivery `n`, counted from 0. */
export async function receiveWebhooks(answer: (n: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const {
          "webhook-id": id = "",
          "webhook-timestamp": timestamp = "",
          "webhook-signature": signature = "",
        } = headers;
        received.push({ path: request.url ?? "", headers, signed: { id, timestamp, signature, body } });
        response.writeHead(answer(received.length - 1), { location: "/elsewhere" }).end();
      },
      // The test ended during the delivery.
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    bodies: () => received.map(({ signed: { body } }) => Body.parse(JSON.parse(body))),
  };
}
