import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/**
 * Starts a server that does only what is necessary to show an image on a page: it forwards a prompt to Replicate, and the
 * image URL of the webhook to the page. It checks and saves nothing. The app is compared with this server.
 */
export async function startBareServer(env: Record<string, string>, steps: number) {
  const waiting = new Map<string, ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === "/image") void text(request).then((prompt) => create(prompt, response));
    else if (request.url === "/webhook") void text(request).then((body) => deliver(body, response));
    else response.setHeader("content-type", "text/html").end("<!doctype html><link rel=icon href='data:,'><body>");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function create(prompt: string, response: ServerResponse) {
    waiting.set(prompt, response);
    const [, version] = (env.REPLICATE_MODEL_VERSION ?? SDXL).split(":");
    await fetch(`${env.REPLICATE_API_BASE_URL}/predictions`, {
      method: "POST",
      headers: { authorization: `Bearer ${env.REPLICATE_API_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({
        version,
        input: { prompt, num_outputs: 1, num_inference_steps: steps },
        webhook: `${url}/webhook`,
        webhook_events_filter: ["completed"],
      }),
    });
  }

  function deliver(body: string, response: ServerResponse) {
    response.end();
    const { input, output } = JSON.parse(body) as { input: { prompt: string }; output: string[] };
    waiting.get(input.prompt)?.end(output[0]);
  }

  return { url, stop: () => void server.close() };
}

const SDXL = "stability-ai/sdxl:7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";
