import { notFound, serverError } from "../http/responses.ts";
import { isTerminal, withOrigin, type Prediction } from "../predictions/prediction.ts";
import type { RouteContext, Sandbox } from "../sandbox.ts";

const IDLE_TIMEOUT = 30_000;

function sse(event: string, id: string, data: string): string {
  const lines = data.split("\n").map((line) => `data: ${line}\n`);
  return `event: ${event}\nid: ${id}\n${lines.join("")}\n`;
}

function pieces(prediction: Prediction, origin: string): string[] {
  const { output } = prediction;
  const list = Array.isArray(output) ? output : output === null ? [] : [output];
  return list.map((item) => {
    const shown = withOrigin(item, origin);
    return typeof shown === "string" ? shown : JSON.stringify(shown);
  });
}

function endEvents(prediction: Prediction, id: string): string {
  if (prediction.status === "succeeded") return sse("done", id, "{}");
  if (prediction.status !== "failed") return sse("done", id, JSON.stringify({ reason: "canceled" }));
  const error = sse("error", id, JSON.stringify({ detail: prediction.error }));
  return error + sse("done", id, JSON.stringify({ reason: "error" }));
}

/**
 * Streams the output as events, beginning with the piece at the index `first`. The stream ends when the prediction has ended, or
 * has not changed for 30 s (sandbox time). `most` imitates a fault: after this number of pieces, the connection breaks off.
 */
function createEventStream(
  prediction: Prediction,
  first: number,
  most: number,
  { changes, clock, origin }: Sandbox,
): ReadableStream<string> {
  let sent = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sendChanges = () => {};

  function stop() {
    clearTimeout(timer);
    changes.off(prediction.id, sendChanges);
  }
  return new ReadableStream<string>({
    start(controller) {
      function breakOff() {
        controller.error(new Error("The connection closes here."));
        stop();
      }
      function finish(words: string) {
        controller.enqueue(words);
        controller.close();
        stop();
      }
      sendChanges = () => {
        clearTimeout(timer);
        const now = Math.floor(clock.now() / 1000);
        for (const piece of pieces(prediction, origin).slice(sent)) {
          if (sent - first >= most) return breakOff();
          controller.enqueue(sse("output", `${now}:${sent++}`, piece));
        }
        if (isTerminal(prediction)) finish(endEvents(prediction, `${now}:0`));
        else timer = setTimeout(() => finish(":408: 408 Request Timeout\n\n"), clock.after(0, IDLE_TIMEOUT));
      };
      changes.on(prediction.id, sendChanges);
      sendChanges();
    },
    cancel: stop,
  });
}

/**
 * Sends the output of a prediction as server-sent events, from the start or after the event in the header `Last-Event-ID`. The
 * request needs no token, because the path is secret.
 */
export function streamOutput({ sandbox, request, url, logEntry }: RouteContext): Response {
  const prediction = sandbox.state.predictions.list().find(({ stream }) => stream === url.pathname);
  if (!prediction) return notFound();
  logEntry.prediction = prediction.id;
  const last = /^\d+:(\d+)$/.exec(request.headers.get("last-event-id") ?? "")?.[1];
  const fault = sandbox.faults.take("stream", prediction.input, prediction.id);
  if (fault?.status) return serverError(fault.status);
  const body = createEventStream(
    prediction,
    last === undefined ? 0 : Number(last) + 1,
    fault?.cut ?? Infinity,
    sandbox,
  );
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
  });
}
