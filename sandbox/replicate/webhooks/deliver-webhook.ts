import { createHmac } from "node:crypto";
import type { Rule } from "../faults/faults.ts";

const TIMEOUT = 10_000;
const OTHER_SECRET = `whsec_${Buffer.from("not the secret of this host").toString("base64")}`;

export type Fault = NonNullable<Rule["webhooks"]>;
export type Message = { id: string; url: string; body: string; fault: Fault };

/**
 * Returns the signature of a webhook, as defined by the specification Standard Webhooks. `timestamp` is in Unix seconds. The
 * secret is the prefix `whsec_`, followed by the key in base64.
 */
export function signWebhook(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/**
 * Creates the message of a webhook. Its body is `shown`, which is the prediction as the API returns it. The fault `pad` makes the
 * body longer.
 */
export function createMessage(shown: { logs?: unknown }, id: string, url: string, fault: Fault): Message {
  const padded = fault.pad ? { ...shown, logs: `${String(shown.logs)}${"x".repeat(fault.pad)}` } : shown;
  return { id, url, body: JSON.stringify(padded), fault };
}

/** Sends one POST request. `ok` means a 2xx response. `outcome` is the status of the response, or the name of the error. */
export async function postMessage(
  { id, url, body, fault }: Message,
  secret: string,
): Promise<{ ok: boolean; outcome: string }> {
  const timestamp = Math.floor(Date.now() / 1000) + (fault.shift ?? 0);
  const others = Array.from({ length: fault.extra_signatures ?? 0 }, (_, n) =>
    signWebhook(OTHER_SECRET, `${n}`, timestamp, body),
  );
  const signature = signWebhook(fault.forge ? OTHER_SECRET : secret, id, timestamp, body);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": [...others, signature].join(" "),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return { ok: response.ok, outcome: String(response.status) };
  } catch (error) {
    return { ok: false, outcome: error instanceof Error ? error.name : "error" };
  }
}
