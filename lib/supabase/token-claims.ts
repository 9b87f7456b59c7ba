import { z } from "zod";

/**
 * The contents of a Supabase access token. `sub` is the id of the user. `exp` is when the token expires (Unix seconds). `amr`
 * lists the methods of the sign-in, including its second step, and when the user used each method (Unix seconds).
 * Source: https://supabase.com/docs/guides/auth/jwt-fields
 */
const Claims = z.object({
  sub: z.uuid(),
  role: z.literal("authenticated"),
  exp: z.number(),
  session_id: z.uuid().optional(),
  aal: z.string().optional(),
  amr: z.array(z.object({ method: z.string(), timestamp: z.number() })).default([]),
});
export type Claims = z.infer<typeof Claims>;

/**
 * Returns the claims of a token, without verifying the token. Returns null if the token is malformed or has expired. Supabase
 * need not be asked about such a token.
 */
export function readClaims(token: string): Claims | null {
  try {
    const [, part = ""] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
    const claims = Claims.parse(JSON.parse(Buffer.from(part, "base64url").toString()));
    return claims.exp * 1000 > Date.now() ? claims : null;
  } catch {
    return null;
  }
}

/**
 * When the user of a token last signed in (ms since 1970), or 0 if the token does not contain this time. The code of an
 * authenticator app does not count as a sign-in. Otherwise, if an account has no app, anyone with an old session could set up an
 * app, enter its code, and would then appear to have signed in recently.
 */
export function signInTime({ amr }: Pick<Claims, "amr">): number {
  const signIns = amr.filter(({ method }) => method !== "totp" && !method.startsWith("mfa/"));
  return Math.max(0, ...signIns.map(({ timestamp }) => timestamp)) * 1000;
}
