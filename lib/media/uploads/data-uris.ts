import "server-only";
import { AppError } from "@/lib/errors";
import { withUploadSlot } from "@/lib/limits/request-limits";
import { type FileField, requireAccepted } from "@/lib/media/input-files";
import { isWebUrl, uploadPath } from "@/lib/media/media-urls";
import { extensionOf } from "@/lib/media/output-files";
import { saveBytes } from "./save-upload";

type Input = Record<string, unknown>;

/** Matches a data URI (RFC 2397): `data:`, a type, parameters, `;base64`, and the content after a comma. */
const DATA_URI = /^data:[^,]*?(;base64)?,(.*)$/is;
const BASE64 = /^[\w+/-]*={0,2}$/;
/** The id that is used in place of a file that is not saved yet. The id is valid, but no file has it. */
const NO_FILE = "00000000-0000-4000-8000-000000000000";

/**
 * Returns the input with the id `NO_FILE` in place of each data URI in a file field. So the rest of the input can be checked
 * before the files are saved.
 */
export function maskDataUris(input: Input, fileFields: string[]): Input {
  return mapFiles(input, fileFields, (value) => (isDataUri(value) ? NO_FILE : value));
}

/** Returns the input with the id `NO_FILE` in place of each web URL in a file field. */
export function maskWebUrls(input: Input, fileFields: string[]): Input {
  return mapFiles(input, fileFields, (value) => (isWebUrl(value) ? NO_FILE : value));
}

/**
 * Saves the data URIs in the file fields as uploads of the user, and returns the input with the paths of these uploads. Throws
 * `invalid_input` with the name of the field if a file is invalid, or if the field does not take such a file. Also throws the
 * errors of `saveUpload` about limits.
 */
export async function saveDataUris(input: Input, fields: FileField[], userId: string): Promise<Input> {
  const paths = new Map<string, string>();
  for (const field of fields) {
    for (const uri of [input[field.name]].flat().filter(isDataUri)) {
      if (!paths.has(uri)) paths.set(uri, await withUploadSlot(userId, () => saveDataUri(uri, field, userId)));
    }
  }
  const names = fields.map(({ name }) => name);
  return mapFiles(input, names, (value) => (isDataUri(value) ? paths.get(value) : value));
}

async function saveDataUri(uri: string, file: FileField, userId: string): Promise<string> {
  const field = file.name;
  const bytes = decode(uri) ?? refuse(field, "This data URI is not valid.");
  try {
    const name = `file.${extensionOf(uri) ?? ""}`;
    const { id } = await saveBytes(userId, bytes, name, (type) => requireAccepted(file, type));
    return uploadPath(id);
  } catch (error) {
    const isInvalid = error instanceof AppError && [400, 413, 415].includes(error.status);
    return isInvalid ? refuse(field, error.message) : Promise.reject(error);
  }
}

function decode(uri: string): Uint8Array<ArrayBuffer> | null {
  const [, isBase64, content] = DATA_URI.exec(uri) ?? [];
  if (content === undefined) return null;
  try {
    const text = decodeURIComponent(content);
    if (!isBase64) return new TextEncoder().encode(text);
    const code = text.replaceAll(/\s/g, "");
    return BASE64.test(code) ? new Uint8Array(Buffer.from(code, "base64")) : null;
  } catch {
    // `decodeURIComponent` throws if a percent sign is not followed by two hexadecimal digits, or if the bytes are not UTF-8.
    return null;
  }
}

function refuse(name: string, description: string): never {
  const field = `input.${name}`;
  throw new AppError("invalid_input", `${name}: ${description}`, {
    invalidFields: [{ field, description, type: "invalid_file" }],
  });
}

function isDataUri(value: unknown): value is string {
  return typeof value === "string" && /^data:/i.test(value);
}

/** Returns the input with the result of `replace` in place of each file in a file field, also of each file in a list. */
export function mapFiles(input: Input, fileFields: string[], replace: (value: unknown) => unknown): Input {
  const replaced = fileFields
    .filter((name) => name in input)
    .map((name) => {
      const value = input[name];
      return [name, Array.isArray(value) ? value.map(replace) : replace(value)] as const;
    });
  return { ...input, ...Object.fromEntries(replaced) };
}
