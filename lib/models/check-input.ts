import "server-only";
import { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { OWN_MEDIA_PATTERN } from "@/lib/media/media-urls";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { imageCountNames } from "./image-count";
import { toInvalidFields } from "./invalid-fields";
import { stepNames } from "./prices/quantities";
import { fileKind, getProperties, type Property } from "./schema-properties";

type Input = Record<string, unknown>;

/**
 * Only these types, these bounds and enums are checked here. Replicate checks everything else. Anyone can publish a model, and
 * patterns or circular references in its schema could block the process for minutes.
 */
const TYPES = ["string", "integer", "number", "boolean", "array", "object"] as const;
const BOUNDS = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"]);
/**
 * Limits for inputs that determine the price, if the schema has none: width and height (px), steps, length of a text
 * (characters).
 */
const MAX_SIDE = 2048;
const MAX_STEPS = 1000;
const MAX_TEXT = 10_000;

/**
 * Checks `input` against the version's own schema, and against our limits where the schema has none. Without a schema, only the
 * prompt is checked. Throws `invalid_input`, with field names as in Replicate's errors (`input.width`).
 */
export function checkInput(document: OpenApiSchema | null, input: Input): void {
  const invalidFields = [...checkSchema(document, input), ...checkPrompt(document, input)];
  if (invalidFields.length > 0) {
    const message = invalidFields.map(({ description }) => description).join(". ");
    throw new AppError("invalid_input", message, { invalidFields });
  }
}

/** Returns the names of the inputs that are files or lists of files. */
export function fileFields(document: OpenApiSchema | null): string[] {
  const properties = (document && getProperties(document)) ?? [];
  return properties.filter((property) => fileKind(property) !== null).map(({ name }) => name);
}

function checkSchema(document: OpenApiSchema | null, input: Input): InvalidField[] {
  const properties = document && getProperties(document);
  if (!properties) return [];
  const schema = z.fromJSONSchema({
    type: "object",
    properties: Object.fromEntries(properties.map((property) => [property.name, toJsonSchema(property)])),
    required: properties.filter((property) => property.required).map((property) => property.name),
    additionalProperties: false,
  });
  const issues = schema.safeParse(input, { reportInput: true }).error?.issues ?? [];
  // A value of the wrong type violates its bounds too, so only the first issue of each field is reported.
  const paths = issues.map(({ path }) => path.join("."));
  return issues.filter((_, index) => paths.indexOf(paths[index] ?? "") === index).flatMap(toInvalidFields);
}

function toJsonSchema(property: Property): z.core.JSONSchema.JSONSchema {
  const { name, schema } = property;
  const { type, enum: options } = schema;
  const file = { type: "string" as const, pattern: OWN_MEDIA_PATTERN };
  const files = fileKind(property);
  if (files === "one") return file;
  if (files === "many") return { type: "array", items: file, maxItems: limitImages(schema["maxItems"]) };
  const knownType = TYPES.find((one) => one === type);
  const plainOptions = (Array.isArray(options) ? options : []).filter(
    (option: unknown) => typeof option === "string" || typeof option === "number" || typeof option === "boolean",
  );
  const isSide = name === "width" || name === "height";
  return {
    ...(type === "string" && { maxLength: MAX_TEXT }),
    ...(isSide && { minimum: 64, maximum: MAX_SIDE }),
    ...(stepNames.includes(name) && { maximum: MAX_STEPS }),
    ...Object.fromEntries(Object.entries(schema).filter(([key, value]) => BOUNDS.has(key) && Number.isFinite(value))),
    ...(imageCountNames.includes(name) && { maximum: limitImages(schema["maximum"]) }),
    ...(knownType && { type: knownType }),
    ...(plainOptions.length > 0 && { enum: plainOptions }),
  };
}

function limitImages(maximum: unknown): number {
  return Math.min(MAX_IMAGES_PER_PREDICTION, Number(maximum) || MAX_IMAGES_PER_PREDICTION);
}

/**
 * Rejects a prompt that is blank, invisible or missing: the model would use an example instead, and the user would pay for it.
 * A prompt may be missing if an image is given or the model takes no prompt.
 */
function checkPrompt(document: OpenApiSchema | null, input: Input): InvalidField[] {
  const { prompt } = input;
  const isBlank =
    typeof prompt === "string" && !/[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(prompt);
  const property = (document && getProperties(document))?.find(({ name }) => name === "prompt");
  // `checkSchema` reports a required prompt that is missing.
  const isMissing = prompt === undefined && property !== undefined && !property.required;
  const isNeeded = isMissing && !fileFields(document).some((name) => [input[name]].flat()[0] !== undefined);
  if (!isBlank && !isNeeded) return [];
  return [{ field: "input.prompt", description: "Describe the image first.", type: "required" }];
}
