import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { AuthUser } from "@/lib/supabase/auth-user";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import type { Export } from "./exports";
import { planGenerated } from "./generated-file";

/** The largest number of rows in one response of Supabase's API. */
const PAGE = 1000;

const Account = z
  .object({ created_at: Timestamp, identities: z.array(z.object({ provider: z.string() })).default([]) })
  .transform(({ created_at, identities }) => ({
    created_at,
    sign_in: identities.map(({ provider }) => provider).toSorted((a, b) => a.localeCompare(b)),
  }));
const Days = z.array(z.object({ day: z.iso.date(), used: z.int(), usd: z.number() }));
const Key = z.object({
  id: z.uuid(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(z.string()),
  daily_images: z.int().nullable(),
  daily_usd: z.number().nullable(),
  created_at: Timestamp,
  expires_at: Timestamp.nullable(),
  revoked_at: Timestamp.nullable(),
});
const Predictions = z.array(z.object({ id: z.uuid(), created_at: Timestamp, content: z.string() }));

/**
 * Plans the file `account.json` of an export. It contains the account, its usage, its API keys and all its predictions. It
 * contains no secrets, because secrets in inputs are never stored. The returned `version` changes whenever the content of the
 * file changes. `supabase` must have the rights of the account's user. Throws `db_unavailable`.
 */
export async function planAccountJson(supabase: SupabaseClient, token: string, made: Export) {
  const [start, revision] = await Promise.all([
    beginning(supabase, token, made),
    supabase.rpc("export_revision", { p_export: made.id }),
  ]);
  const version = `${made.id} ${z.string().parse(unwrap(revision))} ${start}`;
  const named = { name: "account.json", createdAt: new Date(made.created_at), version };
  return { version, file: await planGenerated(named, () => accountJson(supabase, start, made)) };
}

/** Yields the file in pieces. Each prediction is on its own line. */
async function* accountJson(supabase: SupabaseClient, start: string, { id }: Export): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${start}"predictions":[`);
  let separator = "\n";
  let after: { created_at: string; id: string } | undefined;
  for (;;) {
    const position = { p_after_time: after?.created_at ?? null, p_after_id: after?.id ?? null };
    const result = await supabase.rpc("list_export_predictions", { p_export: id, ...position });
    const page = Predictions.parse(unwrap(result));
    for (const { content } of page) {
      yield Buffer.from(separator + content);
      separator = ",\n";
    }
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  yield Buffer.from("\n]}\n");
}

/** Returns the beginning of the file: the account, its usage and its API keys. */
async function beginning(supabase: SupabaseClient, token: string, made: Export): Promise<string> {
  const { data, error } = await supabase.auth.getUser(token);
  const user: unknown = unwrap({ data: data.user, error });
  const { id, email, name } = AuthUser.parse(user);
  const account = { id, email, name, ...Account.parse(user) };
  return `{"account":${JSON.stringify(account)},\n"usage":${await usageJson(supabase, made)},\n"api_keys":${await keysJson(supabase, made)},\n`;
}

/**
 * Returns the API keys that were made before the export, without their hashes. The time of the last use is left out, because it
 * changes during the download.
 */
async function keysJson(supabase: SupabaseClient, { created_at }: Export): Promise<string> {
  const keys = supabase.from("api_keys").select(Object.keys(Key.shape).join()).lt("created_at", created_at);
  return JSON.stringify(z.array(Key).parse(unwrap(await keys.order("created_at").order("id"))));
}

/** Returns the usage of each day before the export. The day of the export is left out, because its usage may still change. */
async function usageJson(supabase: SupabaseClient, { created_at }: Export): Promise<string> {
  const days = supabase.from("usage_daily").select("day, used, usd").lt("day", created_at.slice(0, 10));
  const newest = Days.parse(unwrap(await days.order("day", { ascending: false }).limit(PAGE)));
  return JSON.stringify(newest.map(({ day, used, usd }) => ({ day, images: used, usd })));
}
