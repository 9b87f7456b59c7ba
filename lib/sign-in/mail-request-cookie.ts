import "server-only";
import { cookies, headers } from "next/headers";
import { accountKey } from "@/lib/limits/sign-in-limits";
import { isHttps } from "@/lib/security/origin";

const COOKIE = "mail-requests";
const MAX_REQUESTS = 5;
const HOUR = 60 * 60;

/**
 * A request of this browser for an e-mail. `key`: a hash of the e-mail address. `isSignUp`: the user wanted to create an account,
 * and has chosen a password. `signedUpAt`: when Supabase was asked to create the account (ms since 1970), or null.
 */
export type MailRequest = { key: string; isSignUp: boolean; signedUpAt: number | null };

/**
 * Remembers in a cookie, for an hour, that this browser has asked for an e-mail to the address. In a browser without this cookie,
 * the page that a link in an e-mail opens warns the user and asks whether to continue. Otherwise an attacker could send a link
 * that signs a victim in to the attacker's account. `signedUpAt`: set it even if the address already has an account, because the
 * cookie must not reveal whether it has one. It is null only if Supabase was not asked to create an account.
 */
export async function rememberMailRequest(
  email: string,
  { isSignUp, signedUpAt }: Omit<MailRequest, "key">,
): Promise<void> {
  const key = accountKey(email);
  const earlier = await readMailRequests();
  const known = earlier.find((request) => request.key === key);
  const request = {
    key,
    isSignUp: isSignUp || (known?.isSignUp ?? false),
    signedUpAt: known?.signedUpAt ?? signedUpAt,
  };
  const all = [request, ...earlier.filter((other) => other !== known)].slice(0, MAX_REQUESTS);
  const value = all.map((one) => `${one.key}.${one.isSignUp ? (one.signedUpAt ?? 0) : ""}`).join("~");
  const secure = isHttps(await headers());
  (await cookies()).set(COOKIE, value, { path: "/", maxAge: HOUR, sameSite: "lax", httpOnly: true, secure });
}

/** Returns this browser's request for an e-mail to the address, or null if there was none in the last hour. */
export async function findMailRequest(email: string): Promise<MailRequest | null> {
  const key = accountKey(email);
  return (await readMailRequests()).find((request) => request.key === key) ?? null;
}

/** Whether this browser has asked for any e-mail in the last hour. */
export async function hasMailRequests(): Promise<boolean> {
  return (await readMailRequests()).length > 0;
}

async function readMailRequests(): Promise<MailRequest[]> {
  const value = (await cookies()).get(COOKIE)?.value ?? "";
  return Array.from(value.matchAll(/(?<=^|~)([\w-]{22})\.(\d{0,15})(?=~|$)/g), ([, key = "", time]) => ({
    key,
    isSignUp: time !== "",
    signedUpAt: Number(time) || null,
  }));
}
