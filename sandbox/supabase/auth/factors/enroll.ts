import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { sql } from "kysely";
import { renderSVG } from "uqr";
import { z } from "zod";
import { now } from "../database.ts";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { requireUser } from "../sessions/require-user.ts";
import { hasVerifiedFactor, requireUserById } from "../users/user.ts";

const Body = z.object({
  factor_type: z.string().default(""),
  friendly_name: z.string().default(""),
  issuer: z.string().default(""),
});

/** Returns the generator of the codes of an authenticator app. A code has six digits and changes every 30 seconds. */
export const createTotp = (secret: Secret, issuer = "", label = "") =>
  new TOTP({ secret, issuer, label, algorithm: "SHA1", digits: 6, period: 30 });

/**
 * POST /factors: begins to set up an authenticator app. Sign-in requires its codes only after the first code was verified.
 * Source: mfa.go in supabase/auth.
 */
export async function enrollFactor(call: AuthRequest) {
  const { db, settings } = call;
  const { user: caller, session } = await requireUser(call);
  const { factor_type, friendly_name, issuer } = readBody(call, Body);
  const disabled: Record<string, string> = { phone: "Phone", webauthn: "WebAuthn" };
  const kind = disabled[factor_type];
  if (kind) throw new AuthError(422, `mfa_${factor_type}_enroll_not_enabled`, `MFA enroll is disabled for ${kind}`);
  if (factor_type !== "totp") throw invalid("factor_type needs to be totp, phone, or webauthn");
  // As on the real server, factors that were never verified are removed after five minutes.
  await sql`delete from auth.mfa_factors f where status = 'unverified' and created_at < now() - interval '5 minutes'
    and not exists (select 1 from auth.mfa_challenges c where c.factor_id = f.id
      and c.created_at > now() - interval '5 minutes')`.execute(db);
  const { factors } = await requireUserById(db, caller.id);
  if (factors.some((factor) => (factor.friendly_name ?? "") === friendly_name)) {
    const message = `A factor with the friendly name ${JSON.stringify(friendly_name)} for this user already exists`;
    throw new AuthError(422, "mfa_factor_name_conflict", message);
  }
  if (factors.length >= settings.maxFactors) {
    const message = "Maximum number of verified factors reached, unenroll to continue";
    throw new AuthError(422, "too_many_enrolled_mfa_factors", message);
  }
  if (hasVerifiedFactor(caller) && session.aal !== "aal2") {
    throw new AuthError(403, "insufficient_aal", "AAL2 required to enroll a new factor");
  }
  const secret = new Secret({ size: 20 });
  const uri = createTotp(secret, issuer || new URL(call.siteUrl).host, caller.email ?? "").toString();
  const id = randomUUID();
  await db
    .insertInto("auth.mfa_factors")
    .values({
      id,
      user_id: caller.id,
      friendly_name,
      factor_type,
      status: "unverified",
      secret: secret.base32,
      created_at: now(),
      updated_at: now(),
    })
    .execute();
  const totp = { qr_code: renderSVG(uri, { ecc: "H" }), secret: secret.base32, uri };
  return { id, type: "totp", friendly_name, totp };
}
