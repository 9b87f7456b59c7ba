import { createHmac, randomUUID } from "node:crypto";
import { stack } from "./send-request";

export const webhookSecret = stack.env.REPLICATE_WEBHOOK_SIGNING_SECRET ?? "";

type Delivery = {
  body: string;
  id?: string;
  /** The Unix time (s), or an invalid text. */
  timestamp?: string;
  secret?: string;
  /** The text that is signed instead of the body. */
  signed?: string;
  version?: string;
};

export const now = (shift = 0) => String(Math.floor(Date.now() / 1000) + shift);

/** Returns the headers of a webhook, signed as Standard Webhooks defines it. The options can make the signature wrong. */
export function signDelivery({
  body,
  id = `msg_${randomUUID()}`,
  timestamp = now(),
  secret = webhookSecret,
  signed = body,
  version = "v1",
}: Delivery) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${signed}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `${version},${mac}` };
}
