import "server-only";
import type { z } from "zod";
import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import { OWN_MEDIA_PATTERN } from "@/lib/media/media-urls";
import { ADDRESSES, isAddress } from "./lora-addresses";
import { stepNames } from "@/lib/models/prices/quantities";
import { fileKind, isPlain, type Property, toSchema } from "./schema-properties";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * From the schema of a model, we check only these types, these bounds and enums, and Replicate checks the rest. Anyone can
 * publish a model. If we checked the patterns and circular references in its schema, they could block the process for minutes.
 */
const TYPES = ["string", "integer", "number", "boolean", "array", "object"] as const;
const BOUNDS = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"]);
const LIST_BOUNDS = new Set(["minItems", "maxItems"]);
/**
 * Limits for inputs that determine the price. A limit of the schema takes precedence. `MAX_SIDE` is for width and height (px),
 * `MAX_STEPS` for the number of steps, and `MAX_TEXT` for the length of a text (characters). `MAX_TEXT` does not apply to a model
 * that makes text, because such a model may read a long document.
 */
const MAX_SIDE = 2048;
const MAX_STEPS = 1000;
const MAX_TEXT = 10_000;

/**
 * Returns the JSON Schema that checks a value of this input, with our own limits. `isCount`: the input is a number of images.
 * `makesText`: the model makes text.
 */
export function toJsonSchema(property: Property, isCount: boolean, makesText: boolean): JsonSchema {
  const { name, schema } = property;
  const file = { type: "string" as const, pattern: OWN_MEDIA_PATTERN };
  const files = fileKind(property);
  if (files === "one") return file;
  if (files === "many") {
    return { type: "array", items: file, ...boundsIn(schema, LIST_BOUNDS), maxItems: limitImages(schema["maxItems"]) };
  }
  const isSide = name === "width" || name === "height";
  return {
    ...(isSide && { minimum: 64, maximum: MAX_SIDE }),
    ...(stepNames.includes(name) && { maximum: MAX_STEPS }),
    ...valueSchema(property, makesText),
    ...(isCount && { maximum: limitImages(schema["maximum"]) }),
    ...(schema["type"] === "array" && {
      ...boundsIn(schema, LIST_BOUNDS),
      items: valueSchema({ ...property, schema: toSchema(schema["items"]) }, makesText),
    }),
  };
}

/**
 * Returns the JSON Schema of a value, or of an entry of a list. It has all limits except `MAX_SIDE`, `MAX_STEPS` and the limits
 * for numbers of images.
 */
function valueSchema(property: Property, makesText: boolean): JsonSchema {
  const { schema } = property;
  const knownType = TYPES.find((one) => one === schema["type"]);
  const options = Array.isArray(schema["enum"]) ? schema["enum"].filter(isPlain) : [];
  return {
    ...(knownType === "string" && !makesText && { maxLength: MAX_TEXT }),
    // An empty text is allowed, because it means that there is no address.
    ...(isAddress(property) && { pattern: `^(?:\\s*|${ADDRESSES})$` }),
    ...boundsIn(schema, BOUNDS),
    ...(knownType && { type: knownType }),
    ...(options.length > 0 && { enum: options }),
  };
}

function boundsIn(schema: Property["schema"], names: ReadonlySet<string>) {
  return Object.fromEntries(
    Object.entries(schema).filter(([name, value]) => names.has(name) && Number.isFinite(value)),
  );
}

function limitImages(maximum: unknown): number {
  return Math.min(MAX_IMAGES_PER_PREDICTION, Number(maximum) || MAX_IMAGES_PER_PREDICTION);
}
