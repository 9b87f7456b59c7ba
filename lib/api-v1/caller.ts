import "server-only";
import { getTokenUser, type User } from "@/lib/auth";
import { keyPrefix } from "@/lib/config";
import { AppError } from "@/lib/errors";
import { findApiKey } from "@/lib/keys/find";
import { isWellFormedKey } from "@/lib/keys/format";
import type { Scope } from "@/lib/keys/schema";
import { countRefusedKey } from "@/lib/limits/sign-in-limits";

/**
 * The user who sent a request to `/api/v1`. `key` is the API key of the request, or null if the request has an access token
 * instead.
 */
export type Caller = User & { key: { id: string; scopes: string[] } | null };

/**
 * Returns the caller. The header `Authorization` contains the API key or the access token, after `Bearer` or `Token`. Cookies
 * are ignored, because requests to `/api/v1` may come from any website. Throws `unauthenticated` if the key or token is
 * missing or does not work. Throws `missing_scope` if the key does not have `scope` (an access token has all scopes). Throws
 * `rate_limited` if the client's IP address has sent too many keys that do not work. Throws `db_unavailable`.
 */
export async function requireCaller(request: Request, scope: Scope): Promise<Caller> {
  const token = tokenOf(request);
  if (!token) throw new AppError("unauthenticated", "You did not pass an authentication token");
  const caller = await findCaller(token);
  if (!caller) {
    // A key with a wrong format or checksum is not counted, because it was refused without a query of the database.
    if (isWellFormedKey(token)) await countRefusedKey(request.headers);
    throw new AppError("unauthenticated", "You did not pass a valid authentication token");
  }
  if (caller.key && !caller.key.scopes.includes(scope)) {
    throw new AppError("missing_scope", `This API key does not have the scope "${scope}". Make a key with this scope.`);
  }
  return caller;
}

async function findCaller(token: string): Promise<Caller | null> {
  if (!token.startsWith(keyPrefix)) {
    const user = await getTokenUser(token);
    return user && { ...user, key: null };
  }
  const found = await findApiKey(token);
  if (!found) return null;
  const { id, scopes, user } = found;
  // An API key is not a sign-in. So with a key, `signedInAt` is 0, which is never recent.
  const { id: userId, email, name } = user;
  return { id: userId, email, name, sessionId: null, signedInAt: 0, hasSecondFactor: false, key: { id, scopes } };
}

function tokenOf(request: Request): string | null {
  return /^(?:Bearer|Token) +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}
