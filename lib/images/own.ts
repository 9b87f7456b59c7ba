import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { dataOf, serviceClient } from "@/lib/supabase/service";

type Input = Record<string, unknown>;

/**
 * The input with its files named by their paths in this app, whether they came as a path or an id.
 * Throws `invalid_input` when one of them is not a picture of this person's.
 */
export async function requireOwnImages(input: Input, fileFields: string[], userId: string): Promise<Input> {
  const files = fileFields.flatMap((name) => {
    const value = input[name];
    return typeof value === "string" ? [{ name, id: value.replace("/api/images/", "") }] : [];
  });
  if (files.length === 0) return input;

  const ids = files.map((file) => file.id);
  const images = serviceClient().from("sdxl_images");
  const answer = await images.select("id").eq("user_id", userId).is("purge_at", null).in("id", ids);
  const own = new Set(
    z
      .array(z.object({ id: z.uuid() }))
      .parse(dataOf(answer))
      .map((row) => row.id),
  );
  const foreign = files.filter((file) => !own.has(file.id));
  if (foreign.length > 0) {
    const invalidFields = foreign.map(({ name }) => ({
      field: `input.${name}`,
      description: `${name} must be one of your own pictures`,
      type: "not_found",
    }));
    throw new AppError("invalid_input", "That picture is not in your gallery.", { invalidFields });
  }
  return { ...input, ...Object.fromEntries(files.map(({ name, id }) => [name, `/api/images/${id}`])) };
}
