import { z } from "zod";
import { AppError } from "@/lib/errors";

type Result = { data: unknown; error: { message: string; code?: string } | null };

/**
 * Returns the data of a Supabase result. Throws its error as an AppError: `unauthenticated` for an expired session or a deleted
 * account, `invalid_input` for a value that the database rejects, else `db_unavailable`.
 */
export function unwrap({ data, error }: Result): unknown {
  if (!error) return data;
  const { code = "", message } = error;
  if (code === "PGRST303") {
    throw new AppError("unauthenticated", "Your sign-in has expired. Sign in again.", { cause: error });
  }
  // The token of a deleted account stays valid for a while.
  if (code === "23503" && /user_id_fkey/.test(message)) {
    throw new AppError("unauthenticated", "This account no longer exists.", { cause: error });
  }
  // SQLSTATE class 22, "data exception": characters, numbers or times that a column cannot hold.
  if (/^22[0-9A-Z]{3}$/.test(code)) {
    throw new AppError("invalid_input", "A value has characters or a size that cannot be stored.", { cause: error });
  }
  throw new AppError("db_unavailable", "The database is unavailable. Try again in a moment.", { cause: error });
}

/** A timestamptz in any of Postgres's formats (`2026-11-21 14:32:07.5+00`), as JavaScript's ISO format. */
export const Timestamp = z.string().transform((text, context) => {
  const time = Date.parse(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00"));
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.addIssue({ code: "custom", message: "is not a time" });
  return z.NEVER;
});
