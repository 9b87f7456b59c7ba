import { createHmac } from "node:crypto";

/** A Standard Webhooks signature. `timestamp` is in Unix seconds; the key follows `whsec_` in base64. */
export function sign(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
