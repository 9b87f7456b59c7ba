import "server-only";
import { after } from "next/server";
import { env } from "@/lib/env";
import { countMail, inWords, mailPause, returnMail } from "@/lib/limits/sign-in-limits";
import { processState } from "@/lib/process-globals";
import { authOutage, explainAuthError, isAuthOutage, logAuthError, type AuthFailure } from "@/lib/supabase/auth-errors";
import { readAuthSettings } from "@/lib/supabase/auth-settings";
import { createHeldAuthClient } from "@/lib/supabase/user-client";
import { takeExactly } from "./fixed-time";
import { rememberMailRequest } from "./mail-request-cookie";

/**
 * The purpose of an e-mail. `link`: signs the user in and, if everyone may sign up, also creates an account. `account`: confirms
 * a new account. `recovery`: leads to a new password.
 */
export type MailKind = "link" | "account" | "recovery";

/** `isAgain`: the account exists, and the user asks for the same e-mail once more. */
type Wanted = { kind: MailKind; isAgain?: boolean };

/** `wait`: the seconds until another e-mail may be requested. `note`: a message about this e-mail. */
export type MailResult = { problem: string } | { wait: number; note?: string };

type Auth = Awaited<ReturnType<typeof createHeldAuthClient>>["auth"];
type Ask = (auth: Auth) => Promise<{ error: AuthFailure | null }>;

/**
 * How long an answer takes after a request to Supabase (ms). The time must not reveal whether the address has an account. If it
 * has one, Supabase itself responds later, because it sends the e-mail first.
 */
const ANSWER_MS = 1_000;
/** The time limit of the request to Supabase (ms). It is long, because Supabase sends the e-mail before it responds. */
const SENDING_MS = 30_000;
/** After an e-mail could not be sent, the answers to all users mention the problem for this long (ms). */
const TROUBLE_MS = 10 * 60_000;

/**
 * Asks Supabase for an e-mail to an address. The answer, its time and its cookies are the same whether the address has an account
 * or not. Errors that depend on the account are only logged. If Supabase refuses a request for a reason that does not depend on
 * the account, the request does not count toward the limits of this address. Throws `db_unavailable`.
 */
export async function requestMail(email: string, { kind, isAgain = false }: Wanted, ask: Ask): Promise<MailResult> {
  const isSignUp = kind === "account";
  if (isSignUp && env().SIGN_UP !== "open")
    return { problem: explainAuthError({ code: "signup_disabled", status: 422 }) };
  const counted = isSignUp ? "sign-up" : "sign-in";
  const wait = await countMail(counted, email);
  if (wait > 0) {
    await rememberMailRequest(email, { isSignUp, signedUpAt: null });
    return { wait, note: `An e-mail was already sent to ${email}. The next one can be sent in ${inWords(wait)}.` };
  }
  const takeBack = async (error: AuthFailure | null) => {
    if (error?.code && !dependsOnAccount(error, kind)) await returnMail(counted, email);
  };

  const { auth, save } = await createHeldAuthClient(SENDING_MS);
  const signedUpAt = isSignUp && !isAgain ? Date.now() : null;
  const sending = ask(auth).then(({ error }) => ({ error }));
  const settings = readAuthSettings();
  // If Supabase confirms addresses without an e-mail (`mailer_autoconfirm`), it signs in a new account immediately. The answer
  // then reveals that the account is new, so it may take longer than `ANSWER_MS`.
  const early = await takeExactly(ANSWER_MS, sending);
  const answer = early ?? ((await settings)?.mailer_autoconfirm && kind === "account" ? await sending : undefined);
  const error = answer?.error ?? null;
  const isShown = error !== null && !dependsOnAccount(error, kind);
  if (!isShown) await rememberMailRequest(email, { isSignUp, signedUpAt });
  if (!answer) {
    if (!(await settings)) return { problem: explainAuthError(authOutage) };
    // The page gets its answer now, although Supabase may still fail to send the e-mail. Such a failure is handled after the
    // answer.
    after(async () => {
      const late = (await sending).error;
      noteFailure(late, kind);
      await takeBack(late);
    });
  }
  if (isShown) {
    noteFailure(error, kind);
    await takeBack(error);
    return { problem: explainAuthError(error) };
  }
  const isTroubled = Date.now() - processState.mails.failedAt < TROUBLE_MS;
  noteFailure(error, kind);
  save();
  return {
    wait: mailPause,
    ...(isTroubled && {
      note: "This site had trouble sending e-mails in the last minutes. If no e-mail arrives, request it again later.",
    }),
  };
}

/**
 * Whether an error may reveal that an address has an account, or has none. If an e-mail of this kind is sent to every address,
 * its failure reveals nothing.
 */
function dependsOnAccount({ code, status = 0 }: AuthFailure, kind: MailKind): boolean {
  switch (code) {
    case "captcha_failed":
    case "email_address_invalid":
    case "validation_failed":
    case "weak_password":
    case "over_request_rate_limit":
    case "email_provider_disabled":
      return false;
    case "signup_disabled":
      return kind !== "account";
    case "email_address_not_authorized":
      return !isSentToAll(kind);
    case undefined:
      // If an e-mail could not be sent, Supabase responds with the status 500. For this status, Supabase's client returns no
      // code.
      return status === 500 ? !isSentToAll(kind) : !isAuthOutage({ code, status });
    default:
      return true;
  }
}

/**
 * Whether an e-mail of this kind is sent to every address, with or without an account. This is true only for a `link`, and only
 * if everyone may sign up.
 */
function isSentToAll(kind: MailKind): boolean {
  return kind === "link" && env().SIGN_UP === "open";
}

/**
 * Logs a failure. If the failure reveals nothing about the account of the address, the next answers to all users mention the
 * problem.
 */
function noteFailure(error: AuthFailure | null, kind: MailKind): void {
  if (!error) return;
  logAuthError(error, kind);
  const isTrouble = error.code === "email_address_not_authorized" || error.status === 500;
  if (isTrouble && isSentToAll(kind)) {
    processState.mails.failedAt = Date.now();
  }
}
