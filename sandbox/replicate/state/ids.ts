import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

function encode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("") + "00";
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join("");
}

/**
 * Returns a new id in Replicate's format: 128 random bits as 26 characters of lower-case Crockford base32. The last character is
 * one of `048cgmrw`.
 */
export function newId(): string {
  return encode(randomBytes(16));
}

/** Returns an id that depends only on the text. */
export function idFor(text: string): string {
  return encode(createHash("sha256").update(text).digest().subarray(0, 16));
}

/** Returns 48 random URL-safe characters, for URLs that need no token: output files and streams. */
export function newToken(): string {
  return randomBytes(36).toString("base64url");
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Returns a number in 0..1 that depends only on the text. */
export function fraction(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
