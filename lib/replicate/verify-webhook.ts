import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";

const MAX_AGE_SECONDS = 5 * 60;
const MAX_SIGNATURES = 10;

type Verdict =
  | { ok: true; id: string; timestamp: number }
  | { ok: false; reason: "invalid_signature" }
  /** `skew`: how many seconds our clock is ahead of the timestamp. */
  | { ok: false; reason: "timestamp_out_of_range"; skew: number };

/**
 * Checks that a webhook was signed with one of `secrets` within the last five minutes (Standard Webhooks 1.0). While a secret
 * is being replaced, `secrets` has the old and the new one. `rawBody` is the body exactly as received. The returned
 * `timestamp` is in seconds since 1970, but `now` is in ms. `timestamp_out_of_range` is returned only if the signature is
 * valid. So it means that a clock is wrong, or that someone has sent an old webhook again. Never throws. The function of the
 * package `replicate` is not used, because it accepts a webhook that is a year old, and throws when a header is missing.
 */
export function verifyWebhook(
  headers: Headers,
  rawBody: string,
  secrets: readonly string[],
  now = Date.now(),
): Verdict {
  const id = headers.get("webhook-id") ?? "";
  const timestamp = headers.get("webhook-timestamp") ?? "";
  const signatures = (headers.get("webhook-signature") ?? "").split(" ", MAX_SIGNATURES);
  if (!id || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "invalid_signature" };

  const expected = secrets.flatMap(toKey).map((key) => sign(key, `${id}.${timestamp}.${rawBody}`));
  const isSigned = signatures.some((given) => expected.some((signature) => isEqual(given, signature)));
  if (!isSigned) return { ok: false, reason: "invalid_signature" };
  const skew = now / 1000 - Number(timestamp);
  if (Math.abs(skew) > MAX_AGE_SECONDS) return { ok: false, reason: "timestamp_out_of_range", skew: Math.round(skew) };
  return { ok: true, id, timestamp: Number(timestamp) };
}

/**
 * Returns a list with the key that is in a secret. For an empty secret, the list is empty, because anyone could sign with an
 * empty key.
 */
function toKey(secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return key.length > 0 ? [key] : [];
}

function sign(key: Buffer, content: string) {
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

function isEqual(given: string, expected: string) {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
