import "server-only";
import { renderSVG } from "uqr";
import { productName } from "@/lib/config";
import type { AuthFailure } from "@/lib/supabase/auth-errors";
import { createAuthClient } from "@/lib/supabase/user-client";

/** An authenticator app that the user is setting up. `qr` is a data URL: the image of a QR code that contains the secret. */
export type AuthenticatorSetup = { id: string; secret: string; qr: string };

/**
 * Starts to set up an authenticator app for the signed-in user. Removes the apps whose set-up the user started earlier and did
 * not finish.
 */
export async function startAuthenticator(): Promise<AuthenticatorSetup | { error: AuthFailure }> {
  const { mfa } = await createAuthClient();
  const { data: factors, error: failure } = await mfa.listFactors();
  if (failure) return { error: failure };
  for (const { id, status } of factors.all) if (status !== "verified") await mfa.unenroll({ factorId: id });
  // Supabase does not allow two apps of a user with the same name. So the name contains the current time.
  const friendlyName = `${productName} ${factors.all.length + 1} ${new Date().toISOString()}`;
  const { data, error } = await mfa.enroll({ factorType: "totp", issuer: productName, friendlyName });
  if (error) return { error };
  const { uri, secret } = data.totp;
  const image = Buffer.from(renderSVG(uri, { border: 2 })).toString("base64");
  return { id: data.id, secret, qr: `data:image/svg+xml;base64,${image}` };
}

/**
 * Finishes the set-up of an authenticator app with a code that it shows. From then on, each sign-in asks for such a code.
 * Supabase ends all other sessions of the user. Returns an error if the code is wrong.
 */
export async function confirmAuthenticator(id: string, code: string): Promise<AuthFailure | null> {
  const { mfa } = await createAuthClient();
  return (await mfa.challengeAndVerify({ factorId: id, code })).error;
}

/** Removes an authenticator app of the signed-in user. */
export async function removeAuthenticator(id: string): Promise<AuthFailure | null> {
  const { mfa } = await createAuthClient();
  return (await mfa.unenroll({ factorId: id })).error;
}
