import { randomUUID } from "node:crypto";

/** A user, as `getUser` returns it. The user's token does not contain the time of the sign-in. */
export const USER = {
  id: "0195f2a8-0000-7000-8000-000000000001",
  email: "fox@darkroom.test",
  name: "",
  sessionId: null,
  signedInAt: 0,
  hasSecondFactor: false,
};

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** Returns a token that is different from all others. `exp` is in Unix seconds. */
export function createToken(claims: object = {}): string {
  const content = { sub: USER.id, role: "authenticated", exp: Math.ceil(Date.now() / 1000) + 3600, ...claims };
  return `${encode({ alg: "HS256" })}.${encode(content)}.${encode(randomUUID())}`;
}

/** A session as Supabase returns it, which expires in `expires_in` seconds. */
export function createSession(expires_in = 3600) {
  const expires_at = Math.ceil(Date.now() / 1000) + expires_in;
  const access_token = createToken({ exp: expires_at });
  return { access_token, refresh_token: randomUUID(), token_type: "bearer", expires_in, expires_at, user: USER };
}

/** The cookie of a session, for a Supabase on 127.0.0.1. */
export function toCookie(session: object) {
  return { name: "sb-127-auth-token", value: `base64-${encode(session)}` };
}
