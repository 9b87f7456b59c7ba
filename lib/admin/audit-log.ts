import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { callAsAdmin } from "./access";
import { type AuditEntry, type AuditFilter, AuditRow } from "./schema";
import { listUsers } from "./users";

const PAGE = 50;

const Emails = z.record(z.string(), z.string());

type ListOptions = { filter?: AuditFilter; cursor?: string | undefined; limit?: number };

/**
 * Returns a page of the audit log, the newest entries first. A filter by user selects the entries about what the user has done,
 * and about what was done to the user. `next` is the cursor of the next page, or null.
 */
export async function listAuditLog({ filter = {}, cursor = "", limit = PAGE }: ListOptions) {
  const user = filter.user ? await findUserId(filter.user) : null;
  if (filter.user && !user) return { entries: [], next: null };
  // Row level security allows only administrators to read this table.
  let rows = (await createUserClient())
    .from("audit_log")
    .select()
    .order("id", { ascending: false })
    .limit(limit + 1);
  if (filter.action) rows = rows.eq("action", filter.action);
  if (user) rows = rows.or(`actor_id.eq.${user},target_id.eq.${user}`);
  if (/^\d{1,15}$/.test(cursor)) rows = rows.lt("id", cursor);
  const found = z.array(AuditRow).parse(unwrap(await rows));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { entries: await withEmails(shown), next: found.length > limit && last ? String(last.id) : null };
}

async function findUserId(user: string): Promise<string | null> {
  if (z.uuid().safeParse(user).success) return user.toLowerCase();
  if (!z.email().safeParse(user).success) return null;
  // The search also finds longer addresses that contain this one. So the exact address may be on a later page.
  let cursor: string | null = "";
  do {
    const { users, next }: Awaited<ReturnType<typeof listUsers>> = await listUsers({ search: user, cursor });
    const found = users.find(({ email }) => email?.toLowerCase() === user.toLowerCase());
    if (found) return found.id;
    cursor = next;
  } while (cursor !== null);
  return null;
}

async function withEmails(rows: z.infer<typeof AuditRow>[]): Promise<AuditEntry[]> {
  const ids = [...new Set(rows.flatMap(({ actor_id, target_id }) => [actor_id, target_id]))].filter(Boolean);
  const emails = Emails.parse(await callAsAdmin("list_user_emails", { p_users: ids }));
  const emailOf = (id: string | null) => (id === null ? null : (emails[id] ?? null));
  return rows.map((row) => ({ ...row, actor: emailOf(row.actor_id), target: emailOf(row.target_id) }));
}
