import "server-only";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** ms. A storage that hangs must not hold a copy, or a lease, for ever. */
const ANSWER_WITHIN = 30_000;

let client: SupabaseClient | undefined;

/** Supabase with the secret key: sees and changes everything, past row level security. */
export function serviceClient(): SupabaseClient {
  client ??= createClient(env.supabaseUrl, env.supabaseSecretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: {
      fetch: (input, init) =>
        fetch(input, { ...init, cache: "no-store", signal: init?.signal ?? AbortSignal.timeout(ANSWER_WITHIN) }),
    },
  });
  return client;
}

type Answer = { data: unknown; error: { message: string; code?: string } | null };

/** The data of a Supabase answer. Throws `db_unavailable` when there is none. */
export function dataOf(answer: Answer): unknown {
  if (answer.error) {
    throw new AppError("db_unavailable", "The database did not answer. Try again in a moment.", {
      cause: answer.error,
    });
  }
  return answer.data;
}
