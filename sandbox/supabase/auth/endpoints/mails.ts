import { z } from "zod";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { sendEmailChange, sendMail } from "../mail/send.ts";
import { Challenge, insertFlow, isPkce } from "../sessions/flow-state.ts";
import { requireUser } from "../sessions/require-user.ts";
import { requireEmail } from "../users/email-address.ts";
import { randomPassword } from "../users/passwords.ts";
import { findUserByEmail, isConfirmed } from "../users/user.ts";
import { register } from "./sign-up.ts";

const Body = Challenge.extend({
  email: z.string().default(""),
  phone: z.string().default(""),
  create_user: z.boolean().default(true),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  type: z.string().default(""),
});
type Body = z.infer<typeof Body>;

/** POST /otp: sends an e-mail with a code and a link that sign the user in. Creates the account unless `create_user` is false. */
export async function sendCode(call: AuthRequest) {
  const body = readBody(call, Body);
  if (body.email && body.phone) throw invalid("Only an email address or phone number should be provided");
  isPkce(body);
  if (!body.create_user && !(body.email && (await findUserByEmail(call.db, body.email)))) {
    throw new AuthError(422, "otp_disabled", "Signups not allowed for otp");
  }
  if (body.phone) throw new AuthError(400, "phone_provider_disabled", "Unsupported phone provider");
  if (!body.email) throw invalid("One of email or phone must be set");
  return sendMagicMail(call, body);
}

/** POST /magiclink: the older name of /otp. */
export async function sendMagicLink(call: AuthRequest) {
  const body = readBody(call, Body);
  if (!body.email) throw new AuthError(422, "validation_failed", "Password recovery requires an email");
  return sendMagicMail(call, body);
}

async function sendMagicMail(call: AuthRequest, body: Body) {
  const { db, settings } = call;
  const email = requireEmail(body.email);
  const needsPkce = isPkce(body);
  const known = await findUserByEmail(db, email);
  if (!known || !isConfirmed(known)) {
    if (!settings.allowsSignUp) throw new AuthError(422, "signup_disabled", "Signups not allowed for this instance");
    await register(call, { ...body, password: randomPassword() });
    // `register` has sent an e-mail that confirms the new account and also signs the user in. So no second e-mail is needed.
    if (!settings.confirmsAtOnce) return {};
  }
  const user = await findUserByEmail(db, email);
  if (!user) return {};
  if (needsPkce) {
    await insertFlow(db, { userId: user.id, method: "magiclink", provider: "magiclink", challenge: body });
  }
  await sendMail(call, user, "magic_link", needsPkce);
  return {};
}

/**
 * POST /recover: sends an e-mail with which the user can set a new password. The response is the same if no account has the
 * address.
 */
export async function recover(call: AuthRequest) {
  const body = readBody(call, Body);
  if (!body.email) throw invalid("Password recovery requires an email");
  const email = requireEmail(body.email);
  const needsPkce = isPkce(body);
  const user = await findUserByEmail(call.db, email);
  if (!user) return {};
  if (needsPkce) {
    await insertFlow(call.db, { userId: user.id, method: "recovery", provider: "recovery", challenge: body });
  }
  await sendMail(call, user, "recovery", needsPkce);
  return {};
}

/** POST /resend: sends another e-mail to confirm an account or a new address, for example if the first one was lost. */
export async function resend(call: AuthRequest) {
  const body = readBody(call, Body);
  if (!["signup", "email_change", "sms", "phone_change"].includes(body.type)) {
    throw invalid("Missing one of these types: signup, email_change, sms, phone_change");
  }
  if (!body.email && body.type === "signup") throw invalid("Type provided requires an email address");
  if (body.phone) throw new AuthError(400, "phone_provider_disabled", "Phone logins are disabled");
  if (!body.email) throw invalid("Missing email address or phone number");
  const needsPkce = isPkce(body);
  const user = await findUserByEmail(call.db, requireEmail(body.email));
  if (!user) return {};
  if (body.type === "signup" && !isConfirmed(user)) {
    if (needsPkce) {
      const flow = { userId: user.id, method: "email/signup", provider: "email/signup", challenge: body } as const;
      await insertFlow(call.db, flow);
    }
    await sendMail(call, user, "confirmation", needsPkce);
  }
  if (body.type === "email_change" && user.email_change) {
    if (needsPkce) {
      const flow = { userId: user.id, method: "email_change", provider: "email_change", challenge: body } as const;
      await insertFlow(call.db, flow);
    }
    await sendEmailChange(call, user, user.email_change, needsPkce);
  }
  return {};
}

/** GET /reauthenticate: sends a code that may be needed to change the password. */
export async function reauthenticate(call: AuthRequest) {
  const { user } = await requireUser(call);
  if (!user.email) throw invalid("Reauthentication requires the user to have an email or a phone number");
  if (!isConfirmed(user)) throw new AuthError(422, "email_not_confirmed", "Please verify your email first.");
  await sendMail(call, user, "reauthentication");
  return {};
}
