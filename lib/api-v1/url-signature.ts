import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { notFound } from "@/lib/request-params";

/** A signed URL is valid for at least this time (s). */
const VALID_FOR = 86_400;
/**
 * The expiry time of a signed URL is rounded up to a multiple of `STEP` (s). So the URL of a file stays the same for an hour,
 * and the file can be cached.
 */
const STEP = 3_600;

/** What a signature is for. A signature for one purpose is invalid for all others. */
export type Purpose = "output" | "stream" | "file" | "webhook secret";

/** Returns the signature of a text: HMAC-SHA256 with the first key of `URL_SIGNING_KEY`, as base64url. */
export function sign(purpose: Purpose, text: string): string {
  const [first = derivedKey()] = env().URL_SIGNING_KEY;
  return hmac(first, purpose, text);
}

/**
 * Whether a text has this signature, made with any of the keys. The comparison takes equally long for every signature of the
 * same length, so that nobody can find a signature by measuring the time.
 */
export function verify(purpose: Purpose, text: string, signature: string): boolean {
  const { URL_SIGNING_KEY: keys } = env();
  const given = Buffer.from(signature);
  return (keys.length > 0 ? keys : [derivedKey()]).some((key) => {
    const expected = Buffer.from(hmac(key, purpose, text));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/** Returns a signed URL, which anyone can open for at least a day. `path` begins with "/". `now` is in ms. */
export function signUrl(purpose: Purpose, origin: string, path: string, now = Date.now()): string {
  const expires = String(Math.ceil((now / 1000 + VALID_FOR) / STEP) * STEP);
  return `${origin}${path}?${new URLSearchParams({ expires, signature: sign(purpose, toText(path, expires)) })}`;
}

/** Whether a URL was signed by `signUrl` and has not expired. `now` is in ms. */
export function isSignedUrl(purpose: Purpose, { pathname, searchParams }: URL, now = Date.now()): boolean {
  const expires = searchParams.get("expires") ?? "";
  if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= now) return false;
  return verify(purpose, toText(pathname, expires), searchParams.get("signature") ?? "");
}

/** Throws `not_found` if the URL of the request is not signed, or if it has expired. */
export function requireSignedUrl(purpose: Purpose, request: Request): void {
  if (!isSignedUrl(purpose, new URL(request.url))) notFound();
}

function toText(path: string, expires: string): string {
  return `${path}?expires=${expires}`;
}

function hmac(key: string | Buffer, purpose: Purpose, text: string): string {
  return createHmac("sha256", key)
    .update(JSON.stringify([purpose, text]))
    .digest("base64url");
}

/**
 * Returns the key that is used if the settings contain none. It is derived from Supabase's secret key, so all servers derive the
 * same one.
 */
function derivedKey(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().SUPABASE_SECRET_KEY, "", "signed URLs", 32));
}
