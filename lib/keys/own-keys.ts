import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { MAX_API_KEYS } from "@/lib/limits/default-limits";
import { processState } from "@/lib/process-globals";
import { notFound } from "@/lib/request-params";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { generateKey, hashKey, startOfKey } from "./format";
import { ApiKey, type NewKey } from "./schema";

const Revoked = z.array(z.object({ hash: z.string() }));

/**
 * Makes an API key, and returns it together with its row. The key cannot be read later, because only its hash is stored. The
 * caller must have checked that the last sign-in of the user is recent. Throws `quota_exceeded` if the user has too many keys.
 */
export async function createApiKey(userId: string, given: NewKey): Promise<ApiKey & { key: string }> {
  const key = generateKey();
  const p_key = { ...given, start: startOfKey(key), hash: hashKey(key) };
  const parameters = { p_user: userId, p_key, p_count: MAX_API_KEYS };
  const [row] = z.array(ApiKey).parse(unwrap(await adminClient().rpc("create_api_key", parameters)));
  if (row) return { ...row, key };
  throw new AppError(
    "quota_exceeded",
    `You can have at most ${MAX_API_KEYS} API keys. Revoke one that you do not need.`,
  );
}

/** Returns the keys of the user of `supabase` that are not revoked, newest first. */
export async function listApiKeys(supabase: SupabaseClient): Promise<ApiKey[]> {
  const columns = Object.keys(ApiKey.shape).join();
  const rows = supabase.from("api_keys").select(columns).is("revoked_at", null);
  return z.array(ApiKey).parse(unwrap(await rows.order("created_at", { ascending: false }).order("id")));
}

/**
 * Revokes a key of the user. This process refuses the key immediately, and the other processes within five seconds. If the key
 * was already revoked, nothing changes. Throws `not_found` if the user has no such key.
 */
export async function revokeApiKey(userId: string, id: string): Promise<void> {
  const parameters = { p_user: userId, p_id: id };
  const [revoked] = Revoked.parse(unwrap(await adminClient().rpc("revoke_api_key", parameters)));
  if (!revoked) notFound();
  processState.keys.forget(revoked.hash);
}
