import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { MOST_IMAGES } from "@/lib/limits/image-limit";
import { type MediaReference, parseMediaPath } from "./paths";
import { unwrap, adminClient } from "@/lib/supabase/admin";

/** Long enough for a prediction that waits in Replicate's queue (s). */
const VALID_FOR = 3600;

/**
 * The input with each image of the owner's, named by its path in this app, alone or in a list, as a URL that Replicate can
 * fetch for an hour.
 * Throws `not_found` for an image that is gone, `db_unavailable` while storage or the database does not answer.
 */
export async function signFiles(input: Record<string, unknown>, userId: string): Promise<Record<string, unknown>> {
  const signed = async (value: unknown): Promise<unknown> => {
    const file = parseMediaPath(value);
    return file ? signedUrl(file, userId) : value;
  };
  const entries = await Promise.all(
    Object.entries(input).map(async ([name, value]) => {
      // Longer ones hold something else.
      const isList = Array.isArray(value) && value.length <= MOST_IMAGES;
      return [name, await (isList ? Promise.all(value.map(signed)) : signed(value))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function signedUrl({ kind, id }: MediaReference, userId: string): Promise<string> {
  const client = adminClient();
  const files =
    kind === "uploads"
      ? client.from("uploads").select("storage_path").not("stored_at", "is", null)
      : client.from("sdxl_images").select("storage_path").is("purge_at", null);
  const row = await files.eq("id", id).eq("user_id", userId).maybeSingle();
  const found = z.object({ storage_path: z.string() }).nullable().parse(unwrap(row));
  if (!found) throw gone();
  const signed = await adminClient().storage.from("images").createSignedUrl(found.storage_path, VALID_FOR);
  // In HTTP's words this is a 400, as a bucket that is missing is, which comes back.
  if (signed.error?.message === "Object not found") throw gone();
  return z.object({ signedUrl: z.url() }).parse(unwrap(signed)).signedUrl;
}

function gone() {
  return new AppError("not_found", "The image that it was to be made from has been deleted.");
}
