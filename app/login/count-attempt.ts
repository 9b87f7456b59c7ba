import { headers } from "next/headers";
import { AppError } from "@/lib/errors";
import { countGuess, countLogin } from "@/lib/limits/sign-in-limits";

/**
 * Counts one attempt to sign in, from the client's IP address and, if it is a guess, for the account. Returns what to tell the user
 * if the attempt is refused, or null.
 */
export async function countAttempt(guess?: { kind: Parameters<typeof countGuess>[0]; account: string }) {
  try {
    await countLogin(await headers());
    if (guess) await countGuess(guess.kind, guess.account);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "rate_limited" ? error.message : "Sign-in can't be reached right now. Try again in a moment.";
  }
}
