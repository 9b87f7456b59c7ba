import "server-only";
import { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/config";
import { OWN_MEDIA_PATTERN } from "@/lib/media/paths";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { fieldsOf } from "./fields";
import { invalidFields } from "./invalid-fields";
import { filesOf, propertiesOf, type Property } from "./properties";

type Input = Record<string, unknown>;

/**
 * What is checked of a property's schema. Anybody may publish a model: a pattern of theirs could hold up the process for
 * minutes, and so could schemas that point to each other. Those are left to Replicate.
 */
const TYPES = ["string", "integer", "number", "boolean", "array", "object"] as const;
const BOUNDS = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"]);
/** Longest side (px) and most steps where a model's schema names no bound; beyond them costs run away. */
const MAX_SIDE = 2048;
const MAX_STEPS = 1000;
/** Longest text (characters) where a model's schema names no bound. */
const MAX_TEXT = 10_000;
const COUNTS = ["num_outputs", "num_images", "number_of_images", "num_samples", "batch_size"];
const STEPS = ["num_inference_steps", "steps", "num_steps"];

/**
 * Checks `input` against the version's own schema, and what the schema leaves open: sides, lengths of text, files.
 * Throws `invalid_input` with Replicate's field names (`input.width`). A schema that says nothing checks nothing.
 */
export function checkInput(document: OpenApiSchema | null, input: Input): void {
  const problems = [...schemaProblems(document, input), ...promptProblems(document, input)];
  if (problems.length > 0) {
    throw new AppError("invalid_input", problems.map((problem) => problem.description).join(". "), {
      invalidFields: problems,
    });
  }
}

/** The names of the inputs that are files or lists of them. */
export function fileFields(document: OpenApiSchema | null): string[] {
  const properties = (document && propertiesOf(document)) ?? [];
  return properties.filter((property) => filesOf(property) !== null).map(({ name }) => name);
}

/** How many images this input asks for, by itself or by the model's default, for the daily limits. */
export function imageCount(document: OpenApiSchema | null, input: Input): number {
  const field = document && fieldsOf(document).find(({ name }) => COUNTS.includes(name));
  const asked = COUNTS.map((name) => input[name]).find((value) => typeof value === "number") ?? field?.default;
  return typeof asked === "number" ? Math.max(1, Math.floor(asked)) : 1;
}

function schemaProblems(document: OpenApiSchema | null, input: Input): InvalidField[] {
  const properties = document && propertiesOf(document);
  if (!properties) return [];
  const schema = z.fromJSONSchema({
    type: "object",
    properties: Object.fromEntries(properties.map((property) => [property.name, checkable(property)])),
    required: properties.filter((property) => property.required).map((property) => property.name),
    additionalProperties: false,
  });
  const issues = schema.safeParse(input, { reportInput: true }).error?.issues ?? [];
  // What has the wrong type is measured all the same.
  const places = issues.map(({ path }) => path.join("."));
  return issues.filter((_, at) => places.indexOf(places[at] ?? "") === at).flatMap(invalidFields);
}

function checkable(property: Property): z.core.JSONSchema.JSONSchema {
  const { name, schema } = property;
  const { type, enum: options } = schema;
  const file = { type: "string" as const, pattern: OWN_MEDIA_PATTERN };
  const files = filesOf(property);
  if (files === "one") return file;
  if (files === "many") return { type: "array", items: file, maxItems: mostOf(schema["maxItems"]) };
  const known = TYPES.find((one) => one === type);
  const plain = (Array.isArray(options) ? options : []).filter(
    (option: unknown) => typeof option === "string" || typeof option === "number" || typeof option === "boolean",
  );
  const isSide = name === "width" || name === "height";
  return {
    ...(type === "string" && { maxLength: MAX_TEXT }),
    ...(isSide && { minimum: 64, maximum: MAX_SIDE }),
    ...(STEPS.includes(name) && { maximum: MAX_STEPS }),
    ...Object.fromEntries(Object.entries(schema).filter(([key, value]) => BOUNDS.has(key) && Number.isFinite(value))),
    ...(COUNTS.includes(name) && { maximum: mostOf(schema["maximum"]) }),
    ...(known && { type: known }),
    ...(plain.length > 0 && { enum: plain }),
  };
}

/** Of images, where the schema's own bound is higher or none. */
function mostOf(bound: unknown): number {
  return Math.min(MAX_IMAGES_PER_PREDICTION, Number(bound) || MAX_IMAGES_PER_PREDICTION);
}

/**
 * Space and characters that nobody can see are no prompt. None at all is left out by mistake, since models then draw an
 * example of their own, unless there is an image to work on or the model takes no prompt.
 */
function promptProblems(document: OpenApiSchema | null, input: Input): InvalidField[] {
  const { prompt } = input;
  const isBlank =
    typeof prompt === "string" && !/[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(prompt);
  const property = (document && propertiesOf(document))?.find(({ name }) => name === "prompt");
  // One that the schema requires is missed by the schema.
  const isLeftOut = prompt === undefined && property !== undefined && !property.required;
  const isNeeded = isLeftOut && !fileFields(document).some((name) => [input[name]].flat()[0] !== undefined);
  if (!isBlank && !isNeeded) return [];
  return [{ field: "input.prompt", description: "Describe the image first.", type: "required" }];
}
