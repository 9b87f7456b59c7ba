import "server-only";
import { createHmac } from "node:crypto";
import { sign } from "@/lib/api-v1/url-signature";

/**
 * Returns the secret with which a user verifies our webhooks, in the format of Replicate's webhook secrets. It is derived from
 * the key that signs URLs, so it is not stored.
 */
export function webhookSecret(userId: string): string {
  return `whsec_${keyOf(userId).toString("base64")}`;
}

/**
 * Returns the headers that sign one attempt to send a webhook, as in https://www.standardwebhooks.com. `id` is the id of the
 * event, which is the same for every attempt. `now` is the time of this attempt (ms).
 */
export function signedHeaders(userId: string, id: string, body: string, now = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac("sha256", keyOf(userId)).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

function keyOf(userId: string): Buffer {
  return Buffer.from(sign("webhook secret", userId), "base64url");
}
