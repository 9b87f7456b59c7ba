import { z } from "zod";
import { AppError } from "@/lib/errors";

type Result = { data: unknown; error: { message: string; code?: string } | null };

/**
 * Returns the data of a Supabase result. Throws its error as an AppError: `unauthenticated` for an expired session or a deleted
 * account, `invalid_input` for a value that the database rejects, `storage_full` if a disk is full, and `db_unavailable` for all
 * others.
 */
export function unwrap({ data, error }: Result): unknown {
  if (!error) return data;
  const { code = "", message } = error;
  if (code === "PGRST303") {
    throw new AppError("unauthenticated", "Your sign-in has expired. Sign in again.", { cause: error });
  }
  // The account was deleted, but its token is still valid for a while.
  if (code === "23503" && /user_id_fkey/.test(message)) {
    throw new AppError("unauthenticated", "This account no longer exists.", { cause: error });
  }
  // SQLSTATE class 22 is "data exception": a character, number or time does not fit into its column.
  if (/^22[0-9A-Z]{3}$/.test(code)) {
    throw new AppError("invalid_input", "A value contains characters that cannot be stored, or is too large.", {
      cause: error,
    });
  }
  // The disk of Postgres is full, or Supabase has made a hosted project read-only because its disk is almost full.
  if (code === "53100" || code === "25006") throw storageFull(error);
  throw new AppError("db_unavailable", "The database is unavailable. Try again in a moment.", { cause: error });
}

/** Returns the error for a request that saves something, while the disk of the database or of storage is full. */
export function storageFull(cause?: unknown): AppError {
  const message = "Nothing can be saved right now, because the storage is full. Try again later.";
  return new AppError("storage_full", message, { cause, retryAfter: 60 });
}

/** Whether an error means that the database or storage does not work now. If so, the request and its data are not the cause. */
export function isOutage(error: unknown): boolean {
  return error instanceof AppError && (error.code === "db_unavailable" || error.code === "storage_full");
}

/** Converts a timestamptz in any of Postgres's formats (such as `2026-11-21 14:32:07.5+00`) to JavaScript's ISO format. */
export const Timestamp = z.string().transform((text, context) => {
  const time = Date.parse(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00"));
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.addIssue({ code: "custom", message: "is not a time" });
  return z.NEVER;
});
