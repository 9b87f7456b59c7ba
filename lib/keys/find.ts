import "server-only";
import { z } from "zod";
import { processState, type VerifiedKey } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin-client";
import { AuthUser } from "@/lib/supabase/auth-user";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { hashKey, isWellFormedKey } from "./format";

const Found = z
  .object({ id: z.uuid(), scopes: z.array(z.string()), expires_at: Timestamp.nullable(), user: AuthUser })
  .transform(({ expires_at, ...key }) => ({
    ...key,
    expiresAt: expires_at === null ? Infinity : Date.parse(expires_at),
  }))
  .nullable();

/**
 * Returns an API key and its user. Returns null if the key is unknown, was revoked or has expired, if its user is blocked, or if
 * the account is being deleted. Such a change takes effect within five seconds. Throws `db_unavailable`.
 */
export async function findApiKey(key: string): Promise<VerifiedKey | null> {
  if (!isWellFormedKey(key)) return null;
  const hash = hashKey(key);
  return processState.keys(hash, () => load({ p_hash: hash, p_id: null }));
}

/**
 * Whether the key with this id still works, as in `findApiKey`. For work that continues after the request with the key, for
 * example a stream that was opened with a signed URL. Throws `db_unavailable`.
 */
export async function isApiKeyValid(id: string): Promise<boolean> {
  return (await processState.keys(id, () => load({ p_hash: null, p_id: id }))) !== null;
}

async function load(parameters: { p_hash: string | null; p_id: string | null }): Promise<VerifiedKey | null> {
  return Found.parse(unwrap(await adminClient().rpc("find_api_key", parameters)));
}
