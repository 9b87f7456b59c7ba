import "server-only";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { fetchWithTimeout } from "./fetch";

let client: SupabaseClient | undefined;

/** Supabase with the secret key: sees and changes everything, past row level security. */
export function adminClient(): SupabaseClient {
  client ??= createClient(env().NEXT_PUBLIC_SUPABASE_URL, env().SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: fetchWithTimeout },
  });
  return client;
}

type Answer = { data: unknown; error: { message: string; code?: string } | null };

/**
 * The data of a Supabase answer. Without any it throws whose fault that is: `unauthenticated` for a session that ran out
 * on the way or an account that is gone, `invalid_input` for a value that no database takes, else `db_unavailable`.
 */
export function unwrap({ data, error }: Answer): unknown {
  if (error) throw faultOf(error);
  return data;
}

function faultOf(cause: NonNullable<Answer["error"]>): AppError {
  const { code = "", message } = cause;
  if (code === "PGRST303")
    return new AppError("unauthenticated", "Your sign-in has run out. Sign in again.", { cause });
  // A token outlives the account it was made for; its user is then in no table.
  if (code === "23503" && /user_id_fkey/.test(message)) {
    return new AppError("unauthenticated", "This account no longer exists.", { cause });
  }
  // SQLSTATE class 22, "data exception": characters, numbers or times beyond what a column holds.
  if (/^22[0-9A-Z]{3}$/.test(code)) return new AppError("invalid_input", "A value cannot be used as it is.", { cause });
  return new AppError("db_unavailable", "The database did not answer. Try again in a moment.", { cause });
}
