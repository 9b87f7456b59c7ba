import { headers } from "next/headers";
import { AppError } from "@/lib/errors";
import { countGuess, countLogin, returnGuess } from "@/lib/limits/sign-in-limits";
import { authOutage, explainAuthError } from "@/lib/supabase/auth-errors";

type Guess = { kind: Parameters<typeof countGuess>[0]; account: string };

/**
 * Counts an attempt to sign in against the limit of the client's IP address. If the attempt is a guess of a secret, such as a
 * password, also counts it against the limit of the account. If the attempt is refused, returns a message for the user. Otherwise
 * returns null.
 */
export async function countAttempt(guess?: Guess) {
  try {
    await countLogin(await headers());
    if (guess) await countGuess(guess.kind, guess.account, await headers());
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "rate_limited" ? error.message : explainAuthError(authOutage);
  }
}

/** Undoes the counting of a guess that Supabase did not check. */
export async function takeBackGuess({ kind, account }: Guess): Promise<void> {
  await returnGuess(kind, account, await headers());
}
