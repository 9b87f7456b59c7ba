import "server-only";
import type { AuthFailure } from "./auth-errors";
import { createAuthClient } from "./user-client";

/**
 * Finishes the sign-in of this browser with the code of an authenticator app, and writes the session cookie. Returns an error if
 * no authenticator app of the account shows this code.
 */
export async function verifyFactor(code: string): Promise<AuthFailure | null> {
  const auth = await createAuthClient();
  const { data, error } = await auth.mfa.listFactors();
  if (error) return error;
  let failure: AuthFailure = { code: "mfa_factor_not_found", status: 404 };
  // `totp` lists only the verified apps.
  for (const { id: factorId } of data.totp) {
    const { error: refusal } = await auth.mfa.challengeAndVerify({ factorId, code });
    if (!refusal) return null;
    failure = refusal;
  }
  return failure;
}
