import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { AuthUser } from "@/lib/supabase/auth-user";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import type { Export } from "./exports";

/** The most rows of one result of the API. */
const PAGE = 1000;

const Account = z
  .object({ created_at: Timestamp, identities: z.array(z.object({ provider: z.string() })).default([]) })
  .transform(({ created_at, identities }) => ({
    created_at,
    sign_in: identities.map(({ provider }) => provider).toSorted((a, b) => a.localeCompare(b)),
  }));
const Days = z.array(z.object({ day: z.iso.date(), used: z.int(), usd: z.number() }));
const Predictions = z.array(z.object({ id: z.uuid(), created_at: Timestamp, content: z.string() }));

/**
 * Returns the account and all predictions of an export as JSON, in pieces, with one prediction a line. `supabase` must have the
 * rights of the owner. Secrets in inputs were never stored. Throws `db_unavailable`.
 */
export async function* accountJson(supabase: SupabaseClient, token: string, cut: Export): AsyncGenerator<Uint8Array> {
  const { data, error } = await supabase.auth.getUser(token);
  const user: unknown = unwrap({ data: data.user, error });
  const { id, email, name } = AuthUser.parse(user);
  const account = { id, email, name, ...Account.parse(user) };
  yield Buffer.from(
    `{"account":${JSON.stringify(account)},\n"usage":${await usageJson(supabase, cut)},\n"predictions":[`,
  );
  let separator = "\n";
  let after: { created_at: string; id: string } | undefined;
  for (;;) {
    const position = { p_after_time: after?.created_at ?? null, p_after_id: after?.id ?? null };
    const result = await supabase.rpc("list_export_predictions", { p_export: cut.id, ...position });
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

/** The usage of each day before the export. The day of the export is left out, because its usage may still change. */
async function usageJson(supabase: SupabaseClient, { created_at }: Export): Promise<string> {
  const days = supabase.from("usage_daily").select("day, used, usd").lt("day", created_at.slice(0, 10));
  const newest = Days.parse(unwrap(await days.order("day", { ascending: false }).limit(PAGE)));
  return JSON.stringify(newest.map(({ day, used, usd }) => ({ day, images: used, usd })));
}
