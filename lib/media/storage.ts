import "server-only";
import { z } from "zod";
import { ANSWER_WITHIN } from "@/lib/supabase/fetch";
import { adminClient } from "@/lib/supabase/admin";
import { AppError } from "@/lib/errors";

/**
 * The bytes at a path of our bucket, as they arrive. The caller has decided who may see them. Storage has half a minute to
 * begin; how long the rest takes is for whoever reads it, who may be on a slow line.
 */
export async function readObject(path: string): Promise<ReadableStream<Uint8Array>> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_WITHIN);
  const { data, error } = await adminClient()
    .storage.from("images")
    .download(path, {}, { signal: late.signal })
    .asStream();
  clearTimeout(timer);
  if (data) return data;
  const status = z.object({ status: z.number() }).safeParse(error).data?.status;
  if (status === 404 || status === 400) throw new AppError("not_found", "There is no such image.", { cause: error });
  throw new AppError("db_unavailable", "The image cannot be read just now. Try again in a moment.", { cause: error });
}
