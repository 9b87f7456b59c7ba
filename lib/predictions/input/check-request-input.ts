import "server-only";
import { AppError } from "@/lib/errors";
import { MAX_BODY_BYTES } from "@/lib/limits/default-limits";
import { type FileField, requireOwnMedia } from "@/lib/media/input-files";
import { isWebUrl } from "@/lib/media/media-urls";
import { mapFiles, maskDataUris, maskWebUrls, saveDataUris } from "@/lib/media/uploads/data-uris";
import { acceptsFile } from "@/lib/models/inputs/accepted-files";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import { checkInput, fileFields, withoutNull } from "@/lib/models/inputs/check-input";
import type { Field } from "@/lib/models/inputs/fields";
import { secretNames, separateSecrets } from "@/lib/models/inputs/secrets";
import type { OpenApiSchema } from "@/lib/replicate/schema";

type Input = Record<string, unknown>;
/** The schema of a model, and the descriptions of the model's inputs (`fields`). */
type Model = { schema: OpenApiSchema | null; fields: Field[] };

/**
 * Returns what replaces a web URL in an input. If the URL leads to a file of the user, this is the path of the file, or its
 * content as a data URI. If Replicate may fetch the URL, it is the URL itself. Returns null if the URL is refused.
 */
export type FindFile = (url: string) => Promise<string | null>;

/**
 * Checks the input of a request. Returns its secrets, and the input with `REDACTED` in place of each secret and with the path of
 * each file. Data URIs become uploads of the user, but only after the rest of the input has been checked. Web URLs are refused,
 * unless there is a function `findFile`. Throws `invalid_input`, `payload_too_large`, and the errors for the limits of uploads.
 */
export async function checkRequestInput(
  { schema, fields }: Model,
  body: Input,
  userId: string,
  findFile: FindFile | null = null,
) {
  const names = fileFields(schema);
  const all = withoutNull(schema, body);
  const given = findFile ? await replaceUrls(all, names, findFile) : all;
  const withoutFiles = maskDataUris(given, names);
  requireSmall(withoutFiles);
  checkInput(schema, findFile ? maskWebUrls(withoutFiles, names) : withoutFiles);
  const { redacted, secrets } = separateSecrets(given, secretNames(schema, given));
  const fileInputs = names.map((name) => toFileField(name, fields));
  const stored = await saveDataUris(redacted, fileInputs, userId);
  return { input: await requireOwnMedia(stored, fileInputs, userId), secrets };
}

async function replaceUrls(input: Input, names: string[], findFile: FindFile): Promise<Input> {
  const found = new Map<unknown, string>();
  for (const name of names) {
    for (const url of [input[name]].flat()) {
      if (typeof url === "string" && isWebUrl(url)) found.set(url, (await findFile(url)) ?? refuseUrl(name));
    }
  }
  return mapFiles(input, names, (value) => found.get(value) ?? value);
}

function refuseUrl(name: string): never {
  const description = `${name} must be a URL that anyone can open, or one of your own files`;
  const field = `input.${name}`;
  throw new AppError("invalid_input", `${description}.`, { invalidFields: [{ field, description, type: "format" }] });
}

/**
 * Throws `payload_too_large` if the input is too large without its files. In a field that takes no files, a data URI is
 * ordinary text, so it counts toward the size.
 */
function requireSmall(input: Input): void {
  if (Buffer.byteLength(JSON.stringify(input)) <= MAX_BODY_BYTES) return;
  throw new AppError(
    "payload_too_large",
    `The input is larger than ${MAX_BODY_BYTES / 1024} KB, even without its files.`,
  );
}

function toFileField(name: string, fields: Field[]): FileField {
  const takes = fields.find((field) => field.name === name)?.takes;
  return { name, noun: nounOfInput(takes), accepts: (file) => acceptsFile(takes, file) };
}
