import type { createApi } from "./api";
import { makeExport } from "./exports";
import { makeKey } from "./keys";
import { makeSavedImage } from "./saved-image";
import { sql } from "./sql";
import type { Stack } from "./stack";
import { startSignedUpload, uploadPng } from "./uploads";
import type { User } from "./users";

/** Gives the user a row in every table that can contain data of a user. A new table of this kind needs a step here. */
export async function fillAccount(
  stack: { appUrl: string; env: Stack["env"] },
  api: ReturnType<typeof createApi>,
  user: User,
) {
  // Adds rows to predictions, sdxl_images and usage_daily.
  const { image } = await makeSavedImage(api, "everything that I have");
  await api.ask(`/api/media/${image.id}/share`, { method: "POST" });
  // Adds rows to uploads and pending_uploads.
  await uploadPng(api, 200);
  await startSignedUpload(api, 1000);
  // Adds a row to exports.
  await makeExport(api);
  // Adds a row to api_keys.
  await makeKey(stack, user);
  // Adds a row to storage_usage.
  await sql(stack, "select merge_storage_changes()");
  // Adds a row to storage_removals.
  const { image: deleted } = await makeSavedImage(api, "something that I did not want");
  await api.ask(`/api/media/${deleted.id}`, { method: "DELETE" });
  // Adds rows to user_limits, admins, reports and audit_log.
  await sql(stack, `insert into user_limits (user_id, daily_images) values ('${user.id}', 100)`);
  await sql(stack, `insert into admins (user_id) values ('${user.id}')`);
  await sql(
    stack,
    `insert into reports (image_id, reason, reporter, resolved_at, resolution, resolved_by)
     values ('${image.id}', 'other', 'a visitor', now(), 'dismissed', '${user.id}')`,
  );
  await sql(
    stack,
    `insert into audit_log (actor_id, action, target_id) values ('${user.id}', 'block_user', '${user.id}')`,
  );
  // Adds a row to webhook_events. `due_at` is so late that the event is not sent.
  await sql(
    stack,
    `insert into webhook_events (prediction_id, user_id, host, kind, state, due_at)
     select id, user_id, 'example.com', 'start', '{}', '2100-01-01' from predictions where user_id = '${user.id}' limit 1`,
  );
  // Adds a row to account_deletions. `due_at` is so late that no sweep deletes the account.
  await sql(stack, `insert into account_deletions (user_id, due_at) values ('${user.id}', '2100-01-01')`);
}

/** The tables in which no row belongs to a user, each with the reason. */
export const TABLES_WITHOUT_USERS: Record<string, string> = {
  admin_emails_seeded: "has addresses of the setting ADMIN_EMAILS",
  cancellations: "has only ids of predictions",
  heartbeats: "is about servers",
  rate_limits: "has names that do not reveal an account",
  replicate_queue: "is about the account at Replicate",
};

/** Returns the tables of the schema `public` that have a row with one of these texts, in a column of any type. */
export async function findTablesWith(stack: { env: Stack["env"] }, ...texts: string[]): Promise<string[]> {
  const found = await Promise.all(
    (await listTables(stack)).map(async (table) => {
      const occurs = texts.map((text) => `strpos(row::text, '${text}') > 0`).join(" or ");
      const [row] = await sql<{ count: number }>(
        stack,
        `select count(*)::int as count from public.${table} row where ${occurs}`,
      );
      return row?.count ? [table] : [];
    }),
  );
  return found.flat();
}

/** The names of all tables of the schema `public`, sorted. */
export async function listTables(stack: { env: Stack["env"] }): Promise<string[]> {
  const tables = await sql<{ table_name: string }>(
    stack,
    `select table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`,
  );
  return tables.map(({ table_name }) => table_name);
}
