import "server-only";
import { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { type Field, getFields } from "./fields";
import { toInvalidFields } from "./invalid-fields";
import { promptTexts } from "./prompt-texts";
import { toJsonSchema } from "./to-json-schema";
import { fileKind, getProperties, type Property } from "./schema-properties";
import { REDACTED } from "./secrets";
import { type Makes, whatItMakes } from "./takes-and-makes";
import { isGiven } from "./used-when";

type Input = Record<string, unknown>;

/**
 * Checks `input` against the schema of the version. Our own limits apply to inputs that have no limits in this schema. If the
 * version has no schema, checks only the prompt. Throws `invalid_input`, with the names of fields that Replicate's errors use
 * (`input.width`).
 */
export function checkInput(document: OpenApiSchema | null, input: Input): void {
  const fields = document ? getFields(document) : [];
  const invalidFields = [
    ...checkSchema(document, fields, input),
    ...checkPrompt(fields, input, whatItMakes(document)),
    ...checkSecrets(fields, input),
  ];
  if (invalidFields.length > 0) {
    const message = invalidFields.map(({ description }) => description).join(". ");
    throw new AppError("invalid_input", message, { invalidFields });
  }
}

/** Returns the input without its optional inputs that are null. In Replicate's schemas, null means that an input is not given. */
export function withoutNull(document: OpenApiSchema | null, input: Input): Input {
  const properties = (document && getProperties(document)) ?? [];
  const optional = new Set(properties.filter(({ required }) => !required).map(({ name }) => name));
  return Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== null || !optional.has(name)));
}

/** Returns the names of the inputs that are files or lists of files. */
export function fileFields(document: OpenApiSchema | null): string[] {
  const properties = (document && getProperties(document)) ?? [];
  return properties.filter((property) => fileKind(property) !== null).map(({ name }) => name);
}

/**
 * For each OpenAPI document, the zod schema that checks the inputs. The schema is cached, because creating it takes a few ms, and
 * a document never changes.
 */
const checks = new WeakMap<OpenApiSchema, z.ZodType>();

function checkSchema(document: OpenApiSchema | null, fields: Field[], input: Input): InvalidField[] {
  const properties = document && getProperties(document);
  if (!properties) return [];
  const schema = checks.get(document) ?? createCheck(properties, fields, whatItMakes(document) === "text");
  checks.set(document, schema);
  // `given` has no prototype. An object with a prototype always has a property `constructor`. So a required input with this name
  // would never be reported as missing.
  const given: Input = { __proto__: null, ...input };
  const issues = schema.safeParse(given, { reportInput: true }).error?.issues ?? [];
  // A value of the wrong type also breaks other rules for this field, such as its bounds. So only the first issue of each field
  // is reported.
  const paths = issues.map(({ path }) => path.join("."));
  return issues.filter((_, index) => paths.indexOf(paths[index] ?? "") === index).flatMap(toInvalidFields);
}

function createCheck(properties: Property[], fields: Field[], makesText: boolean): z.ZodType {
  const counts = new Set(fields.filter(({ isCount }) => isCount).map(({ name }) => name));
  return z.fromJSONSchema({
    type: "object",
    properties: Object.fromEntries(
      properties.map((property) => [property.name, toJsonSchema(property, counts.has(property.name), makesText)]),
    ),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
}

/**
 * Returns an error for a prompt that is missing, blank or invisible. Without this error, the model would use its default prompt,
 * and the user would pay for the result. An optional prompt may be missing or blank if the input has a file or another text in
 * its place.
 */
function checkPrompt(fields: Field[], input: Input, makes: Makes): InvalidField[] {
  const { prompt } = input;
  const isBlank =
    typeof prompt === "string" && !/[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(prompt);
  const field = fields.find(({ name, kind }) => name === "prompt" && (kind === "longtext" || kind === "text"));
  // `checkSchema` reports a required prompt that is missing.
  const isMissing = prompt === undefined && field !== undefined && !field.required;
  const canBeEmpty = !field?.required && fields.some((other) => other.replacesPrompt && isGiven(input[other.name]));
  if (canBeEmpty || (!isBlank && !isMissing)) return [];
  return [{ field: "input.prompt", description: promptTexts[makes].missing, type: "required" }];
}

/**
 * Returns an error for each secret whose value is the text `REDACTED`. A user gets this text from a saved input, which does not
 * contain the real secret.
 */
function checkSecrets(fields: Field[], input: Input): InvalidField[] {
  const copied = fields.filter(({ name, kind }) => kind === "secret" && input[name] === REDACTED);
  return copied.map(({ name }) => ({
    field: `input.${name}`,
    description: `${name} is never saved. Enter it again`,
    type: "required",
  }));
}
