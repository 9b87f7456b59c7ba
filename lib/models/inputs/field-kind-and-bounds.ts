import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import type { Field } from "./fields";
import { fileKind, isPlain, plainOptions, type Property, toSchema } from "./schema-properties";
import { isSecret } from "./secrets";
import { isSeedName } from "./seeds";

type Schema = Property["schema"];

/**
 * A list whose entries have a fixed set of options becomes a field of kind `choices` if there are at most this many options. With
 * more options, it becomes a field of kind `texts` or `numbers`.
 */
const MAX_CHOICES = 12;
const LONG = /prompt|text|caption|lyrics|script|story|description|instruction|question/i;

/** Returns the kind of control for an input. An input with an unknown schema becomes a JSON field. */
export function kindOf(property: Property): Field["kind"] {
  const { name, schema } = property;
  if (isSecret(property)) return "secret";
  if (optionsOf(schema).length > 0) return "select";
  const files = fileKind(property);
  if (files) return files === "many" ? "files" : "file";
  const { type } = schema;
  if (type === "string") return LONG.test(name) ? "longtext" : "text";
  if (type === "integer") return isSeedName(name) ? "seed" : "integer";
  if (type === "array") return listKindOf(toSchema(schema["items"]));
  return type === "number" || type === "boolean" ? type : "json";
}

function listKindOf(items: Schema): Field["kind"] {
  const options = optionsOf(items);
  if (options.length > 0 && options.length <= MAX_CHOICES) return "choices";
  if (items["type"] === "string") return "texts";
  return items["type"] === "integer" || items["type"] === "number" ? "numbers" : "json";
}

/**
 * Whether an entry of a list of texts may contain a comma. It may if the name of the input says that the entries are sentences,
 * or if one of the options contains a comma.
 */
export function hasCommas({ name, schema }: Property): boolean {
  return LONG.test(name) || optionsOf(toSchema(schema["items"])).some((option) => String(option).includes(","));
}

/**
 * Returns the options of an input that is a choice. Empty for any other input. A choice between true and false has no options,
 * because its control is a checkbox.
 */
export function optionsOf(schema: Schema): (string | number)[] {
  return plainOptions(schema).filter((option) => typeof option !== "boolean");
}

/** Returns the default of an input. Returns undefined if the form cannot show the default, or if the model would reject it. */
export function defaultOf(property: Property, kind: Field["kind"]): Field["default"] {
  const { default: fallback, items } = property.schema;
  switch (kind) {
    case "select":
      return optionsOf(property.schema).find((option) => String(option) === String(fallback));
    case "text":
    case "longtext":
      return typeof fallback === "string" ? fallback : undefined;
    case "integer":
    case "number":
      return typeof fallback === "number" ? fallback : undefined;
    case "seed":
      // A negative default means a random seed. For this default, the field is empty, which also means a random seed.
      return typeof fallback === "number" && fallback >= 0 ? fallback : undefined;
    case "boolean":
      return typeof fallback === "boolean" ? fallback : undefined;
    case "texts":
    case "numbers":
    case "choices":
      return defaultList(fallback, kind === "choices" ? optionsOf(toSchema(items)) : null);
    // For these kinds, the form shows no default. In particular, a default file would be refused, because it is not one of the
    // user's own files.
    case "file":
    case "files":
    case "secret":
    case "json":
      return undefined;
  }
}

function defaultList(fallback: unknown, options: (string | number)[] | null): (string | number)[] | undefined {
  const values = Array.isArray(fallback) ? fallback.filter(isPlain).filter((value) => typeof value !== "boolean") : [];
  const known = options ? values.filter((value) => options.includes(value)) : values;
  return known.length > 0 ? known : undefined;
}

/**
 * Returns the bounds of a number. For a list, returns the bounds of the number of its entries. If no value fits the bounds, or if
 * the default does not fit them, the bounds are ignored. Otherwise the form could never be sent.
 */
export function boundsOf({ schema }: Property, kind: Field["kind"]): Pick<Field, "min" | "max" | "entries"> {
  if (kind === "files") return countsOf(schema, MAX_IMAGES_PER_PREDICTION);
  if (kind === "texts" || kind === "choices") return countsOf(schema);
  if (kind === "numbers") {
    const items = toSchema(schema["items"]);
    return { ...countsOf(schema), entries: { ...numberBounds(items), isWhole: items["type"] === "integer" } };
  }
  return kind === "integer" || kind === "number" || kind === "seed" ? numberBounds(schema, kind === "seed") : {};
}

function countsOf({ minItems, maxItems }: Schema, limit = Infinity) {
  const min = typeof minItems === "number" && minItems > 0 ? Math.ceil(minItems) : 0;
  const max = Math.min(limit, typeof maxItems === "number" ? Math.floor(maxItems) : Infinity);
  if (min > max) return {};
  return { ...(min > 0 && { min }), ...(typeof maxItems === "number" && { max }) };
}

/**
 * Returns the bounds of a number. The default of a seed is often -1, for a random seed, although its minimum is 0. So a seed
 * keeps its bounds even if its default does not fit them.
 */
function numberBounds(schema: Schema, isSeed = false) {
  const { type, minimum, maximum, default: fallback } = schema;
  const isWhole = type === "integer";
  const above = isWhole && typeof schema["exclusiveMinimum"] === "number" ? schema["exclusiveMinimum"] + 1 : -Infinity;
  const below = isWhole && typeof schema["exclusiveMaximum"] === "number" ? schema["exclusiveMaximum"] - 1 : Infinity;
  const lowest = typeof minimum === "number" ? minimum : -Infinity;
  const highest = typeof maximum === "number" ? maximum : Infinity;
  const min = Math.max(above, isWhole ? Math.ceil(lowest) : lowest);
  const max = Math.min(below, isWhole ? Math.floor(highest) : highest);
  if (min > max || (!isSeed && typeof fallback === "number" && (fallback < min || fallback > max))) return {};
  return { ...(min > -Infinity && { min }), ...(max < Infinity && { max }) };
}
