import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError, type InvalidField } from "@/lib/errors";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { kindOfType, otherFile, withArticle } from "./kinds";
import { isWebUrl, type MediaReference, mediaPath, parseMediaPath, uploadPath } from "./media-urls";
import type { MediaKind } from "./schema";
import * as storage from "./storage";
import { transferToReplicate } from "./transfer-to-replicate";
import { touchUploads } from "./uploads/rows";

type Input = Record<string, unknown>;
type FileFacts = { kind: MediaKind; content_type: string };

/** An input of a model that takes files. `noun` names such a file, in the singular: "image". */
export type FileField = { name: string; noun: string; accepts: (file: FileFacts) => boolean };

/** How long a signed URL is valid (s). A prediction may wait in Replicate's queue before it reads the file. */
const VALID_FOR = 3600;

/**
 * Returns the input with the path in this app of each of the user's files. In the given input, the fields of `fields` contain
 * such a file as a path or an id, alone or in a list. Web URLs stay as they are, because the caller has checked whether they are
 * allowed. Throws `invalid_input` if a path or an id is not a file of this user, or if its field does not take such a file.
 */
export async function requireOwnMedia(input: Input, fields: FileField[], userId: string): Promise<Input> {
  const ids = fields.flatMap(({ name }) => idsIn(input[name]));
  if (ids.length === 0) return input;

  const [media, uploads] = await Promise.all([listOwnTypes(userId, ids), touchUploads(userId, ids)]);
  const typeOf = (id: string) => media.get(id) ?? uploads.get(id)?.content_type;
  const invalidFields = fields.flatMap((field) => findInvalid(field, input[field.name], typeOf) ?? []);
  if (invalidFields.length > 0) {
    const isMissing = invalidFields.some(({ type }) => type === "not_found");
    const message = isMissing
      ? "One of the files is not yours, or it has been deleted. Choose another file."
      : invalidFields.map(({ description }) => `${description}.`).join(" ");
    throw new AppError("invalid_input", message, { invalidFields });
  }
  const pathOf = (id: string) => (media.has(id) ? mediaPath(id) : uploadPath(id));
  const toPath = (value: unknown) => {
    const [id] = idsIn(value);
    return id ? pathOf(id) : value;
  };
  const paths = fields
    .filter(({ name }) => name in input)
    .map(({ name }) => {
      const value = input[name];
      return [name, Array.isArray(value) ? value.map(toPath) : toPath(value)] as const;
    });
  return { ...input, ...Object.fromEntries(paths) };
}

/** Throws `invalid_input` if the field does not accept a file of this content type. */
export function requireAccepted(field: FileField, contentType: string): void {
  const invalid = findInvalid(field, "a new file", () => contentType);
  if (invalid) throw new AppError("invalid_input", `${invalid.description}.`, { invalidFields: [invalid] });
}

/**
 * Returns the error for the first file in `value` that the field does not accept. Returns null if the field accepts all of them.
 */
function findInvalid(
  { name, noun, accepts }: FileField,
  value: unknown,
  typeOf: (id: string) => string | undefined,
): InvalidField | null {
  for (const [index, item] of [value].flat().entries()) {
    const [id] = idsIn(item);
    if (!id) continue;
    const type = typeOf(id);
    const kind = type && kindOfType(type);
    if (type && kind && accepts({ kind, content_type: type })) continue;
    const place = noun.charAt(0).toUpperCase() + noun.slice(1);
    const subject = Array.isArray(value) ? `${place} ${index + 1} of ${name}` : name;
    const field = `input.${name}`;
    if (!kind) return { field, description: `${subject} must be one of your own ${noun}s`, type: "not_found" };
    const description = `${subject} must be ${withArticle(noun)}, not ${otherFile(kind, type)}`;
    return { field, description, type: "wrong_type" };
  }
  return null;
}

/**
 * Returns the input with each path of the user's files, alone or in a list, replaced by a URL. Replicate can read the file at
 * this URL for at least an hour. Throws `not_found` if a file has been deleted, `db_unavailable` if storage or the database is
 * unavailable, and a `ReplicateError` if a file cannot be copied to Replicate (see `transferToReplicate`).
 */
export async function signInputFiles(input: Input, userId: string): Promise<Input> {
  const sign = async (value: unknown): Promise<unknown> => {
    const file = parseMediaPath(value);
    return file ? signFile(file, userId) : value;
  };
  const entries = await Promise.all(
    Object.entries(input).map(async ([name, value]) => {
      // No input takes more files than `MAX_IMAGES_PER_PREDICTION`. So a longer list contains no files, and its items are not
      // signed.
      const isList = Array.isArray(value) && value.length <= MAX_IMAGES_PER_PREDICTION;
      return [name, await (isList ? Promise.all(value.map(sign)) : sign(value))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/**
 * Returns the ids of the user's files in the value of a file field. The input has been validated: each string is a web URL, which
 * has no id, or it ends in an id.
 */
function idsIn(value: unknown): string[] {
  const texts = [value].flat().filter((item) => typeof item === "string");
  const paths = texts.filter((text) => !isWebUrl(text));
  return paths.map((text) => text.slice(text.lastIndexOf("/") + 1).toLowerCase());
}

/** Returns a map with the id and the content type of each of these files. Leaves out files of other users and deleted files. */
async function listOwnTypes(userId: string, ids: string[]): Promise<Map<string, string>> {
  const images = adminClient().from("sdxl_images");
  const result = await images.select("id, content_type").eq("user_id", userId).is("purge_at", null).in("id", ids);
  const rows = z.array(z.object({ id: z.uuid(), content_type: z.string() })).parse(unwrap(result));
  return new Map(rows.map(({ id, content_type }) => [id, content_type]));
}

const Stored = z.object({ storage_path: z.string(), content_type: z.string(), bytes: z.int() });

async function signFile({ kind, id }: MediaReference, userId: string): Promise<string> {
  const columns = Object.keys(Stored.shape).join();
  const files =
    kind === "uploads"
      ? adminClient().from("uploads").select(columns).not("stored_at", "is", null)
      : adminClient().from("sdxl_images").select(columns);
  const result = await files.is("purge_at", null).eq("id", id).eq("user_id", userId).maybeSingle();
  const row = Stored.nullable().parse(unwrap(result));
  const url =
    row &&
    (env().isStorageReachable ? await storage.sign(row.storage_path, VALID_FOR) : await transferToReplicate(row));
  if (!url) throw new AppError("not_found", "An input file has been deleted.");
  return url;
}
