import "server-only";
import { createHmac } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientAddress } from "./client-address";
import { consumeRateLimit, returnRateLimit } from "./request-limits";

const HOUR = 60 * 60;
/**
 * The limits for guesses of a secret of an account. `limit`: how many guesses one client network may send without a pause.
 * After that, guesses become available again one by one, all of them within `seconds`. Because of this limit, an attacker with
 * one network cannot use up `total`, and so cannot lock out the owner. `total`: how many guesses all networks together may
 * send in an hour. Because of this total, an attacker with many networks cannot try many secrets. A code has only six digits,
 * so its limits are lower than those of a password. The link in an e-mail cannot be guessed, so it has no such limit. So the
 * owner can sign in with the link even if an attacker has used up the limits.
 */
const GUESSES = {
  password: { limit: 10, seconds: 15 * 60, total: 60 },
  code: { limit: 6, seconds: 30 * 60, total: 20 },
  factor: { limit: 6, seconds: 15 * 60, total: 20 },
};
type GuessKind = keyof typeof GUESSES;
/**
 * The largest number of e-mails of one kind to one address in an hour, and the pause between two of them (s). Supabase has the
 * same pause.
 */
const MAILS_PER_HOUR = 5;
const MAIL_PAUSE = 60;

/**
 * What an e-mail is for. Each kind has its own limits. Otherwise someone could request many confirmations for an address that
 * already has an account. Supabase does not send such confirmations, but they would use up the limit, and the owner could not get
 * an e-mail to sign in.
 */
export type CountedMail = "sign-up" | "sign-in" | "change";

type Limit = Parameters<typeof consumeRateLimit>;

/**
 * Counts one attempt to sign in, to sign up or to get an e-mail, for the client's IP address. Throws `rate_limited` or
 * `db_unavailable`. Supabase cannot count attempts by client, because it sees only the IP address of this server.
 */
export async function countLogin(headers: Headers): Promise<void> {
  const wait = await consumeRateLimit(`login ${clientAddress(headers)}`, env().LOGINS_PER_MINUTE_PER_ADDRESS, 60);
  if (wait > 0) throw tooMany("Too many attempts. Wait a minute, then try again.", wait);
}

/**
 * Counts one guess of a password or code of an account, from the client's network. `account` is the account's e-mail address or
 * id. Throws `rate_limited` or `db_unavailable`.
 */
export async function countGuess(kind: GuessKind, account: string, headers: Headers): Promise<void> {
  const { own, all } = guessLimits(kind, account, headers);
  const wait = (await consumeRateLimit(...own)) || (await consumeRateLimit(...all));
  if (wait === 0) return;
  const again = `try again in ${inWords(wait)}`;
  throw tooMany(
    {
      password: `Too many wrong passwords for this account. Sign in by e-mail, or ${again}.`,
      code: `Too many wrong codes for this account. Open the link in the e-mail, or ${again}.`,
      factor: `Too many wrong codes for this account. Try again in ${inWords(wait)}.`,
    }[kind],
    wait,
  );
}

/**
 * Counts one request with an API key that does not work, for the client's IP address. A key that works is never counted, so it
 * still works when other clients with the same IP address have used up this limit. The limit is separate from the one for
 * attempts to sign in: otherwise nobody with the same IP address could sign in while a forgotten program sends requests with a
 * revoked key. Throws `rate_limited` or `db_unavailable`.
 */
export async function countRefusedKey(headers: Headers): Promise<void> {
  const wait = await consumeRateLimit(`api key ${clientAddress(headers)}`, env().LOGINS_PER_MINUTE_PER_ADDRESS, 60);
  if (wait > 0)
    throw tooMany("Too many requests with API keys that do not work. Check your key, then wait a minute.", wait);
}

/** Takes back a counted guess that Supabase did not check. */
export async function returnGuess(kind: GuessKind, account: string, headers: Headers): Promise<void> {
  const { own, all } = guessLimits(kind, account, headers);
  await Promise.all([returnRateLimit(...own), returnRateLimit(...all)]);
}

function guessLimits(kind: GuessKind, account: string, headers: Headers): Record<"own" | "all", Limit> {
  const { limit, seconds, total } = GUESSES[kind];
  return {
    own: [`${kind} network ${accountKey(`${account} ${clientAddress(headers)}`)}`, limit, seconds],
    all: [`${kind} ${accountKey(account)}`, total, HOUR],
  };
}

/**
 * Counts one e-mail to an address. Returns 0 if it may be sent. Otherwise returns the seconds until the next one may be sent.
 * Throws `db_unavailable`.
 */
export async function countMail(kind: CountedMail, email: string): Promise<number> {
  const { pause, hourly } = mailLimits(kind, email);
  return (await consumeRateLimit(...pause)) || consumeRateLimit(...hourly);
}

/** Takes back a counted e-mail that Supabase has refused to send. */
export async function returnMail(kind: CountedMail, email: string): Promise<void> {
  const { pause, hourly } = mailLimits(kind, email);
  await Promise.all([returnRateLimit(...pause), returnRateLimit(...hourly)]);
}

function mailLimits(kind: CountedMail, email: string): Record<"pause" | "hourly", Limit> {
  const key = accountKey(email);
  return {
    pause: [`mail pause ${kind} ${key}`, 1, MAIL_PAUSE],
    hourly: [`mail ${kind} ${key}`, MAILS_PER_HOUR, HOUR],
  };
}

/**
 * Records one use of a secret (a link or a code), and returns whether it is the first use in the last `seconds`. Supabase
 * itself accepts a link or a code several times if the requests arrive at the same moment. It also accepts the code of an
 * authenticator app again, as long as the app shows this code. So this check is needed. Throws `db_unavailable`.
 */
export async function isFirstUse(secret: string, seconds: number): Promise<boolean> {
  return (await consumeRateLimit(`use ${accountKey(secret)}`, 1, seconds)) === 0;
}

/** The seconds until another e-mail may be sent to an address that has just got one. */
export const mailPause = MAIL_PAUSE;

/**
 * Returns a keyed hash of an e-mail address, an id or a secret, for the name of a limit. Ignores the difference between upper
 * and lower case.
 */
export function accountKey(account: string): string {
  return createHmac("sha256", env().SUPABASE_SECRET_KEY).update(account.toLowerCase()).digest("base64url").slice(0, 22);
}

/** Returns a time in words, such as "40 seconds" or "3 minutes". */
export function inWords(seconds: number): string {
  const [count, unit] = seconds < 100 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** `retryAfter` is in seconds. */
function tooMany(message: string, retryAfter: number): AppError {
  return new AppError("rate_limited", message, { retryAfter });
}
