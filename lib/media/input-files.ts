import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { type MediaReference, mediaPath, parseMediaPath, uploadPath } from "./media-urls";
import * as storage from "./storage";
import { touchUploads } from "./uploads";

type Input = Record<string, unknown>;

/** How long a signed URL is valid (s). A prediction may wait that long in Replicate's queue. */
const VALID_FOR = 3600;

/**
 * Returns the input with the values of its file fields converted to paths of this app. A value may be a path or an id, alone or
 * in a list. Throws `invalid_input` if a value is not an image of this user.
 */
export async function requireOwnMedia(input: Input, fileFields: string[], userId: string): Promise<Input> {
  const ids = fileFields.flatMap((name) => idsIn(input[name]));
  if (ids.length === 0) return input;

  const [images, uploads] = await Promise.all([listOwnIds(userId, ids), touchUploads(userId, ids)]);
  const invalidFields = fileFields.flatMap((name) => {
    const index = idsIn(input[name]).findIndex((id) => !images.has(id) && !uploads.has(id));
    if (index === -1) return [];
    const subject = Array.isArray(input[name]) ? `Image ${index + 1} of ${name}` : name;
    return [{ field: `input.${name}`, description: `${subject} must be one of your own images`, type: "not_found" }];
  });
  if (invalidFields.length > 0) {
    throw new AppError("invalid_input", "That image is not yours, or it has been deleted.", { invalidFields });
  }
  const pathOf = (id: string) => (images.has(id) ? mediaPath(id) : uploadPath(id));
  const paths = fileFields.map((name) => {
    const values = idsIn(input[name]).map(pathOf);
    return [name, Array.isArray(input[name]) ? values : values[0]] as const;
  });
  return { ...input, ...Object.fromEntries(paths) };
}

/**
 * Returns the input with each path of the user's files, alone or in a list, replaced by a URL from which Replicate can read the
 * file for an hour. Throws `not_found` if a file has been deleted, `db_unavailable` if storage or the database is unavailable.
 */
export async function signInputFiles(input: Input, userId: string): Promise<Input> {
  const sign = async (value: unknown): Promise<unknown> => {
    const file = parseMediaPath(value);
    return file ? signFile(file, userId) : value;
  };
  const entries = await Promise.all(
    Object.entries(input).map(async ([name, value]) => {
      // A longer list cannot be a list of images.
      const isList = Array.isArray(value) && value.length <= MAX_IMAGES_PER_PREDICTION;
      return [name, await (isList ? Promise.all(value.map(sign)) : sign(value))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Returns the ids in a value. The input has been validated, so each string ends in an id. */
function idsIn(value: unknown): string[] {
  const texts = [value].flat().filter((item) => typeof item === "string");
  return texts.map((text) => text.slice(text.lastIndexOf("/") + 1).toLowerCase());
}

async function listOwnIds(userId: string, ids: string[]): Promise<Set<string>> {
  const images = adminClient().from("sdxl_images");
  const result = await images.select("id").eq("user_id", userId).is("purge_at", null).in("id", ids);
  const rows = z.array(z.object({ id: z.uuid() })).parse(unwrap(result));
  return new Set(rows.map((row) => row.id));
}

async function signFile({ kind, id }: MediaReference, userId: string): Promise<string> {
  const files =
    kind === "uploads"
      ? adminClient().from("uploads").select("storage_path").not("stored_at", "is", null)
      : adminClient().from("sdxl_images").select("storage_path").is("purge_at", null);
  const result = await files.eq("id", id).eq("user_id", userId).maybeSingle();
  const row = z.object({ storage_path: z.string() }).nullable().parse(unwrap(result));
  const url = row && (await storage.sign(row.storage_path, VALID_FOR));
  if (!url) throw new AppError("not_found", "The input image has been deleted.");
  return url;
}
