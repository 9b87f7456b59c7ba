import "server-only";
import { cookies, headers } from "next/headers";
import { accountKey } from "@/lib/limits/sign-in-limits";
import { isHttps } from "@/lib/security/origin";

const COOKIE = "letters";
const MAX_MARKS = 5;
const HOUR = 60 * 60;

/** An address to which this browser asked for an e-mail. `signedUpAt`: when it created the account (ms since 1970). */
export type LetterMark = { key: string; signedUpAt: number | null };

/**
 * Remembers in a cookie, for an hour, that this browser has asked for an e-mail to the address. A link signs in without another
 * question only in such a browser: otherwise somebody could make others sign in to an account of theirs.
 */
export async function markLetter(email: string, { isSignUp = false } = {}): Promise<void> {
  const key = accountKey(email);
  const marks = await readMarks();
  const known = marks.find((mark) => mark.key === key);
  const signedUpAt = known?.signedUpAt ?? (isSignUp ? Date.now() : null);
  const all = [{ key, signedUpAt }, ...marks.filter((mark) => mark !== known)].slice(0, MAX_MARKS);
  const value = all.map((mark) => `${mark.key}.${mark.signedUpAt ?? ""}`).join("~");
  const secure = isHttps(await headers());
  (await cookies()).set(COOKIE, value, { path: "/", maxAge: HOUR, sameSite: "lax", httpOnly: true, secure });
}

/** Returns the mark of an address, or null if this browser did not ask for an e-mail to it. */
export async function findMark(email: string): Promise<LetterMark | null> {
  const key = accountKey(email);
  return (await readMarks()).find((mark) => mark.key === key) ?? null;
}

/** Whether this browser has asked for any e-mail in the last hour. */
export async function hasMarks(): Promise<boolean> {
  return (await readMarks()).length > 0;
}

async function readMarks(): Promise<LetterMark[]> {
  const value = (await cookies()).get(COOKIE)?.value ?? "";
  return Array.from(value.matchAll(/(?<=^|~)([\w-]{22})\.(\d{0,15})(?=~|$)/g), ([, key = "", time]) => ({
    key,
    signedUpAt: time ? Number(time) : null,
  }));
}
