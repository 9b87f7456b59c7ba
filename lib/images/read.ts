import "server-only";
import { z } from "zod";
import { serviceClient } from "@/lib/supabase/service";
import { AppError } from "@/lib/errors";

/** The bytes at a path of our bucket, as they arrive. The caller has decided who may see them. */
export async function readImage(path: string): Promise<ReadableStream<Uint8Array>> {
  const { data, error } = await serviceClient().storage.from("images").download(path).asStream();
  if (data) return data;
  const status = z.object({ status: z.number() }).safeParse(error).data?.status;
  if (status === 404 || status === 400) throw new AppError("not_found", "There is no such picture.", { cause: error });
  throw new AppError("db_unavailable", "The picture cannot be read just now. Try again in a moment.", { cause: error });
}
