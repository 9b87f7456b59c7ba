import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { keyPrefix } from "@/lib/config";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_BYTES = 32;
/** How many digits 32 random bytes and the checksum need in base 62, which uses the digits 0-9, A-Z and a-z. */
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const FORMAT = new RegExp(`^${keyPrefix}([0-9A-Za-z]{${RANDOM_DIGITS}})([0-9A-Za-z]{${CHECKSUM_DIGITS}})$`);

/** Returns a new API key: a prefix, 32 random bytes and a checksum. */
export function generateKey(): string {
  const secret = toBase62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString("hex")}`), RANDOM_DIGITS);
  return keyPrefix + secret + checksumOf(secret);
}

/**
 * Whether the text has the format of an API key and the right checksum. If not, no such key exists, and it can be refused
 * without a query of the database.
 */
export function isWellFormedKey(text: string): boolean {
  const [, secret = "", checksum] = FORMAT.exec(text) ?? [];
  return checksum === checksumOf(secret);
}

/** Returns the SHA-256 of a key, in hexadecimal digits. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Returns the first characters of a key, by which its owner recognizes the key. They do not help anyone to guess the rest. */
export function startOfKey(key: string): string {
  return key.slice(0, keyPrefix.length + 4);
}

function checksumOf(secret: string): string {
  return toBase62(BigInt(crc32(secret)), CHECKSUM_DIGITS);
}

function toBase62(value: bigint, length: number): string {
  const base = BigInt(DIGITS.length);
  let [text, rest] = ["", value];
  while (rest > 0n) [text, rest] = [DIGITS.charAt(Number(rest % base)) + text, rest / base];
  return text.padStart(length, DIGITS.charAt(0));
}
