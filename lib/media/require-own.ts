import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { mediaPath, uploadPath } from "./paths";
import { touchUploads } from "./upload-rows";

type Input = Record<string, unknown>;

/**
 * The input with its files named by their paths in this app, whether they came as a path or an id, alone or in a list.
 * Throws `invalid_input` when one of them is not an image of this person's.
 */
export async function requireOwnMedia(input: Input, fileFields: string[], userId: string): Promise<Input> {
  const files = fileFields.flatMap((name) => idsIn(input[name]).map((id, index) => ({ name, id, index })));
  if (files.length === 0) return input;

  const ids = files.map((file) => file.id);
  const [images, uploads] = await Promise.all([ownImages(userId, ids), touchUploads(userId, ids)]);
  const foreign = files.filter(({ id }) => !images.has(id) && !uploads.has(id));
  if (foreign.length > 0) {
    const firstOfEach = foreign.filter(({ name }, at) => foreign.findIndex((one) => one.name === name) === at);
    const invalidFields = firstOfEach.map(({ name, index }) => ({
      field: `input.${name}`,
      description: Array.isArray(input[name])
        ? `Image ${index + 1} of ${name} is not one of yours, or not any more`
        : `${name} must be one of your own images`,
      type: "not_found",
    }));
    throw new AppError("invalid_input", "That image is not one of yours, or not any more.", { invalidFields });
  }
  const pathOf = (id: string) => (images.has(id) ? mediaPath(id) : uploadPath(id));
  const paths = files.map(({ name }) => {
    const given = idsIn(input[name]).map(pathOf);
    return [name, Array.isArray(input[name]) ? given : given[0]] as const;
  });
  return { ...input, ...Object.fromEntries(paths) };
}

/** The input was checked: what is text here ends in an id. */
function idsIn(value: unknown): string[] {
  const texts = [value].flat().filter((one) => typeof one === "string");
  return texts.map((text) => text.slice(text.lastIndexOf("/") + 1).toLowerCase());
}

async function ownImages(userId: string, ids: string[]): Promise<Set<string>> {
  const images = adminClient().from("sdxl_images");
  const answer = await images.select("id").eq("user_id", userId).is("purge_at", null).in("id", ids);
  const rows = z.array(z.object({ id: z.uuid() })).parse(unwrap(answer));
  return new Set(rows.map((row) => row.id));
}
