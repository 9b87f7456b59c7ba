import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { dataOf, serviceClient } from "@/lib/supabase/service";

/** Long enough for a prediction that waits in Replicate's queue (s). */
const VALID_FOR = 3600;
const OWN_IMAGE = /^\/api\/images\/([0-9a-f-]{36})$/;

/** The id of the picture that this path of the app names; null when it names none. */
export function imageIdIn(value: unknown): string | null {
  return typeof value === "string" ? (OWN_IMAGE.exec(value)?.[1] ?? null) : null;
}

/**
 * The input with each picture of the owner's, named by its path in this app, as a URL that Replicate can fetch for an hour.
 * Throws `not_found` for a picture that is gone.
 */
export async function signFiles(input: Record<string, unknown>, userId: string): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    Object.entries(input).map(async ([name, value]) => {
      const id = imageIdIn(value);
      return [name, id ? await signedUrl(id, userId) : value] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function signedUrl(id: string, userId: string): Promise<string> {
  const row = await serviceClient()
    .from("sdxl_images")
    .select("storage_path")
    .eq("id", id)
    .eq("user_id", userId)
    .is("purge_at", null)
    .maybeSingle();
  const found = z.object({ storage_path: z.string() }).nullable().parse(dataOf(row));
  if (!found) throw new AppError("not_found", "The picture that it was to be made from has been deleted.");
  const signed = await serviceClient().storage.from("images").createSignedUrl(found.storage_path, VALID_FOR);
  return z.object({ signedUrl: z.url() }).parse(dataOf(signed)).signedUrl;
}
