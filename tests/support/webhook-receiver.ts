import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook that has arrived. `prediction` is its parsed body. `attempt` is 1 for the first delivery with this id. */
export type Delivery = {
  path: string;
  headers: { id: string; timestamp: string; signature: string };
  body: string;
  prediction: { id: string; status: string; logs: string; output: unknown };
  attempt: number;
  at: number;
  /** Whether the receiver has responded with a 2xx status. */
  isAccepted: boolean;
};

/** Decides the response: returns its status, or `hang` for no response at all, or `die` to close the connection. */
type Answer = (delivery: Delivery) => number | "hang" | "die";

/** Starts a server that receives webhooks. A test may replace the `answer` of the returned receiver at any time. */
export async function startReceiver(answer: Answer = () => 200) {
  const deliveries: Delivery[] = [];
  let open = 0;
  const server = createServer((request, response) => void receive(request, response));
  async function receive(request: IncomingMessage, response: ServerResponse) {
    open += 1;
    receiver.mostOpen = Math.max(receiver.mostOpen, open);
    response.once("close", () => (open -= 1));
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const header = (name: string) => String(request.headers[`webhook-${name}`]);
    const headers = { id: header("id"), timestamp: header("timestamp"), signature: header("signature") };
    const attempt = deliveries.filter((earlier) => earlier.headers.id === headers.id).length + 1;
    const prediction = JSON.parse(body) as Delivery["prediction"];
    const path = request.url ?? "";
    const delivery = { path, headers, body, prediction, attempt, at: Date.now(), isAccepted: false };
    deliveries.push(delivery);
    respond(response, delivery, receiver.answer(delivery));
  }
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const receiver = {
    origin,
    deliveries,
    answer,
    /** The largest number of requests that were open at the same time. */
    mostOpen: 0,
    /** Removes all recorded deliveries, and uses `next` as the new `answer`. */
    reset(next: Answer = () => 200) {
      receiver.deliveries.length = 0;
      receiver.mostOpen = 0;
      receiver.answer = next;
    },
    accepted: () => deliveries.filter(({ isAccepted }) => isAccepted),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    /** Stops the receiver, which closes all connections, and starts it again on the same port. */
    async restart() {
      await receiver.stop();
      await listen(port);
    },
  };
  return receiver;
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

function respond(response: ServerResponse, delivery: Delivery, answer: ReturnType<Answer>) {
  if (answer === "hang") return;
  if (answer === "die") return void response.destroy();
  delivery.isAccepted = answer >= 200 && answer < 300;
  response.writeHead(answer).end("This is not read.");
}
