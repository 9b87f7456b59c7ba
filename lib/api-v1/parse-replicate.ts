import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** Returns a response body of Replicate, checked by the schema. Throws `provider_unavailable` if the schema rejects the body. */
export function parseReplicate<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error) {
    throw new AppError("provider_unavailable", "Replicate's response has an unknown format.", { cause: error });
  }
  return data;
}
