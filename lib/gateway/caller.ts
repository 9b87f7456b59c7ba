import "server-only";
import { getTokenUser, type User } from "@/lib/auth";
import { keyPrefix } from "@/lib/config";
import { AppError } from "@/lib/errors";
import { findApiKey } from "@/lib/keys/find";
import { isWellFormedKey } from "@/lib/keys/format";
import type { Scope as KeyScope } from "@/lib/keys/schema";
import { countRefusedKey } from "@/lib/limits/sign-in-limits";

/** What a request needs: see the scopes of a key. An access token has all of them. */
export type Scope = KeyScope;

/** The user who sent a request to `/api/v1`. `key` is the API key of the request, or null if it has an access token. */
export type Caller = User & { key: { id: string; scopes: string[] } | null };

/**
 * Returns the caller, whose API key or access token is in the header `Authorization`, as `Bearer` or as `Token`. Cookies are
 * ignored, because every website may send requests to `/api/v1`. Throws `unauthenticated` if it does not work, `missing_scope` for a
 * key without `scope`, `rate_limited` after many keys that do not work from the client's IP address, and `db_unavailable`.
 */
export async function requireCaller(request: Request, scope: Scope): Promise<Caller> {
  const token = tokenOf(request);
  if (!token) throw new AppError("unauthenticated", "You did not pass an authentication token");
  const caller = await findCaller(token);
  if (!caller) {
    // A key with a typo was refused without a query, so it costs nothing, and is not counted.
    if (isWellFormedKey(token)) await countRefusedKey(request.headers);
    throw new AppError("unauthenticated", "You did not pass a valid authentication token");
  }
  if (caller.key && !caller.key.scopes.includes(scope)) {
    throw new AppError("missing_scope", `This API key does not have the scope "${scope}". Make a key that has it.`);
  }
  return caller;
}

/**
 * Whether the key or access token of the request still works. An open stream or long poll asks this again every few seconds, so that
 * it ends after the key was revoked, or after a sign-out. Throws `db_unavailable`.
 */
export async function isCallerValid(request: Request): Promise<boolean> {
  const token = tokenOf(request);
  return token !== null && (await findCaller(token)) !== null;
}

async function findCaller(token: string): Promise<Caller | null> {
  if (!token.startsWith(keyPrefix)) {
    const user = await getTokenUser(token);
    return user && { ...user, key: null };
  }
  const found = await findApiKey(token);
  if (!found) return null;
  const { id, scopes, user } = found;
  // A key is no sign-in. So it is never recent enough for what needs a recent one.
  const { id: userId, email, name } = user;
  return { id: userId, email, name, sessionId: null, signedInAt: 0, hasSecondFactor: false, key: { id, scopes } };
}

function tokenOf(request: Request): string | null {
  return /^(?:Bearer|Token) +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}
