import "server-only";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/** Whether an administrator has blocked the user. Throws `db_unavailable`. */
export async function isBlocked(userId: string): Promise<boolean> {
  const blocked = adminClient().from("user_limits").select("user_id").eq("user_id", userId);
  return unwrap(await blocked.not("blocked_at", "is", null).maybeSingle()) !== null;
}
