import "server-only";
import { AppError } from "@/lib/errors";
import { MAX_BODY_BYTES } from "@/lib/limits/default-limits";
import { type FileField, requireOwnMedia } from "@/lib/media/input-files";
import { maskDataUris, saveDataUris } from "@/lib/media/uploads/data-uris";
import { acceptsFile } from "@/lib/models/inputs/accepted-files";
import { nounOfInput } from "@/lib/models/inputs/nouns";
import { checkInput, fileFields, withoutNull } from "@/lib/models/inputs/check-input";
import type { Field } from "@/lib/models/inputs/fields";
import { secretNames, separateSecrets } from "@/lib/models/inputs/secrets";
import type { OpenApiSchema } from "@/lib/replicate/schema";

type Input = Record<string, unknown>;
/** A model's schema and its inputs. */
type Model = { schema: OpenApiSchema | null; fields: Field[] };

/**
 * Checks the input of a request. Returns its secrets, and the input with `REDACTED` in place of each secret and with the path of
 * each file. Data URIs become uploads of the user, but only after the rest of the input has been checked. Throws
 * `invalid_input`, `payload_too_large`, and the errors for the limits of uploads.
 */
export async function checkRequestInput({ schema, fields }: Model, body: Input, userId: string) {
  const names = fileFields(schema);
  const given = withoutNull(schema, body);
  const withoutFiles = maskDataUris(given, names);
  requireSmall(withoutFiles);
  checkInput(schema, withoutFiles);
  const { redacted, secrets } = separateSecrets(given, secretNames(schema, given));
  const fileInputs = names.map((name) => toFileField(name, fields));
  const stored = await saveDataUris(redacted, fileInputs, userId);
  return { input: await requireOwnMedia(stored, fileInputs, userId), secrets };
}

/**
 * Throws `payload_too_large` if the input is too large without its files. In a field that takes no files, a data URI is ordinary
 * text, so it counts.
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
