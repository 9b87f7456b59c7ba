import { createHmac, randomUUID } from "node:crypto";

type Delivery = {
  /** The id of the row in `predictions`, which is part of the webhook's URL. */
  prediction: string;
  body: object;
  /** How many seconds the sender's clock is ahead of the app's clock. A negative number: how many seconds it is behind. */
  shift?: number;
  secret?: string;
};

/** Delivers a webhook with a signature like Replicate's. */
export function deliverWebhook(
  { appUrl, env }: { appUrl: string; env: Record<string, string> },
  { prediction, body, shift = 0, secret = env.REPLICATE_WEBHOOK_SIGNING_SECRET ?? "" }: Delivery,
): Promise<Response> {
  const text = JSON.stringify(body);
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000) + shift);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  return fetch(`${appUrl}/api/replicate/webhook?prediction=${prediction}`, {
    method: "POST",
    body: text,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
  });
}

/** Returns a prediction with the fields that Replicate sends. */
export function createRemotePrediction(id: string, status: string, more: object = {}) {
  return {
    id,
    status,
    model: "stability-ai/sdxl",
    version: null,
    input: {},
    output: null,
    error: null,
    logs: "",
    created_at: new Date().toISOString(),
    ...more,
  };
}

/** Waits until the prediction has ended at Replicate, and returns it with the fields that Replicate sends. */
export async function waitForRemoteEnd({ env }: { env: Record<string, string> }, id: string) {
  for (;;) {
    const answer = await fetch(`${env.REPLICATE_API_BASE_URL}/predictions/${id}`, {
      headers: { authorization: `Bearer ${env.REPLICATE_API_TOKEN}` },
    });
    const remote = (await answer.json()) as { id: string; status: string; logs: string };
    if (remote.status !== "starting" && remote.status !== "processing") return remote;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
