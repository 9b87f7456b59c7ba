import Replicate from "replicate";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { serveReplicate } from "../../../../sandbox/replicate/server.ts";

export const TOKEN = "r8_sandbox_test";
export const SECRET = "whsec_c2FuZGJveC13ZWJob29rLWtleS0wMDAx";
export const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

/** Waits up to 10 s for a condition, because the machine may be busy. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000, interval: 10 });
}

/** The input of a small image, which is drawn in a few ms. */
export const small = { width: 64, height: 64, num_inference_steps: 5 };

/** With this option, `replicate.run()` polls, and returns URLs. Without the option, it does not poll, and returns data URIs. */
export const poll = { wait: { mode: "poll" as const, interval: 10 } };

const Ledger = z.object({
  since: z.string(),
  counts: z.record(z.string(), z.number()),
  requests: z.array(
    z.object({
      at: z.string(),
      method: z.string(),
      path: z.string(),
      route: z.string(),
      prediction: z.string().nullable(),
      outcome: z.string(),
    }),
  ),
  webhooks: z.array(
    z.object({ at: z.string(), prediction: z.string(), event: z.string(), attempt: z.int(), outcome: z.string() }),
  ),
  predictions: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      output: z.unknown(),
      files: z.array(z.object({ url: z.string(), type: z.string(), bytes: z.int(), sha256: z.string() })),
    }),
  ),
});

type Options = { clock?: number; dir?: string | null };

/** Starts the local Replicate on a free port, by default 20 times faster than real time. Returns it with the official client. */
export async function serve({ clock = 20, dir = null }: Options = {}) {
  const served = await serveReplicate({ dir, port: 0, clock, token: TOKEN, webhookSecret: SECRET });
  onTestFinished(() => served.close());
  const replicate = new Replicate({ auth: TOKEN, baseUrl: `${served.origin}/v1`, useFileOutput: false });
  function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return fetch(served.origin + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }
  return {
    ...served,
    replicate,
    ask,
    create: (input: object, headers?: Record<string, string>) =>
      ask("POST", "/v1/predictions", { version: SDXL, input }, headers),
    /** Creates a prediction and waits for its end. */
    async finish(input: Record<string, unknown>) {
      const { id } = await replicate.predictions.create({ version: SDXL, input });
      await eventually(async () => (await replicate.predictions.get(id)).completed_at).toBeTruthy();
      return replicate.predictions.get(id);
    },
    faults: (rules: unknown) => ask("POST", "/__faults", rules),
    ledger: async () => Ledger.parse(await (await ask("GET", "/__ledger")).json()),
  };
}
