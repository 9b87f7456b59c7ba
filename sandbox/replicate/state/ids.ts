import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

function encode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("") + "00";
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five, 2))).join("");
}

/**
 * A new id in Replicate's format: 128 random bits as 26 characters of lower-case Crockford base32. The last character is one of
 * `048cgmrw`.
 */
export function newId(): string {
  return encode(randomBytes(16));
}

/** An id derived from the text: the same text gives the same id. */
export function idFor(text: string): string {
  return encode(createHash("sha256").update(text).digest().subarray(0, 16));
}

/** 48 random URL-safe characters, for URLs that need no token: output files and streams. */
export function newToken(): string {
  return randomBytes(36).toString("base64url");
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A number in 0..1 derived from the text: the same text gives the same number. */
export function fraction(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
