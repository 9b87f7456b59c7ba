import type { OpenApiSchema } from "@/lib/replicate/schema";

type Schema = Record<string, unknown>;

/** One input of a version. In `schema`, references are resolved. */
export type Property = { name: string; required: boolean; schema: Schema };

/** How many references are followed one after another. References could form a circle, so there is a limit. */
const MAX_STEPS = 4;
/** Other names that some schemas use for bounds, with the standard names. */
const OTHER_BOUNDS = { ge: "minimum", le: "maximum", gt: "exclusiveMinimum", lt: "exclusiveMaximum" };

/** Returns the inputs of a version, in the order of its OpenAPI document. Returns null if the document describes no inputs. */
export function getProperties({ components: { schemas } }: OpenApiSchema): Property[] | null {
  const input = toSchema(schemas["Input"]);
  const properties = input["properties"];
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return null;
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: resolveItems(resolveSchema(property, schemas), schemas),
  }));
}

/** Returns whether an input is one file or a list of files. Returns null for any other input. */
export function fileKind({ schema }: Property): "one" | "many" | null {
  if (isFile(schema)) return "one";
  return schema["type"] === "array" && isFile(toSchema(schema["items"])) ? "many" : null;
}

/** Whether a schema describes a file. In Replicate's schemas, every file is a URL. */
export function isFile({ type, format }: Schema): boolean {
  return type === "string" && format === "uri";
}

/**
 * Returns the texts, numbers and booleans in an enum, without duplicates. 1 and "1" are duplicates, because a form sends both as
 * the same text.
 */
export function plainOptions({ enum: values }: Schema): (string | number | boolean)[] {
  const options = (Array.isArray(values) ? values : []).filter(isPlain);
  return options.filter((option, index) => options.findIndex((one) => String(one) === String(option)) === index);
}

/** Returns the description in a schema, or an empty text. */
export function descriptionOf({ description }: Schema): string {
  return typeof description === "string" ? description.trim() : "";
}

/** Whether a value is a text, a number or a boolean. */
export function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function resolveItems(property: Schema, schemas: Record<string, Schema>): Schema {
  return property["items"] === undefined ? property : { ...property, items: resolveSchema(property["items"], schemas) };
}

/** Returns a schema with its references resolved and with the standard names of bounds. A schema "A or null" becomes A. */
export function resolveSchema(value: unknown, schemas: Record<string, Schema>): Schema {
  let schema = toSchema(value);
  for (let step = 0; step < MAX_STEPS; step += 1) schema = followReferences(withoutNull(schema), schemas);
  for (const [other, name] of Object.entries(OTHER_BOUNDS)) {
    if (typeof schema[other] === "number" && schema[name] === undefined) schema = { ...schema, [name]: schema[other] };
  }
  return schema["const"] === undefined ? schema : { ...schema, enum: [schema["const"]] };
}

/**
 * Converts a schema "A or null" (`anyOf`, `oneOf` or a list of types) to A. A request never contains null for an input: an input
 * without a value is left out.
 */
function withoutNull(property: Schema): Schema {
  const { anyOf, oneOf, type, ...rest } = property;
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : null;
  const [choice, ...others] = choices?.map(toSchema).filter((schema) => schema["type"] !== "null") ?? [];
  if (choice && others.length === 0) return { ...choice, ...rest };
  const types: unknown[] = Array.isArray(type) ? type : [];
  const [only, ...more] = types.filter((name) => name !== "null");
  return only !== undefined && more.length === 0 ? { ...property, type: only } : property;
}

/**
 * Merges a property with the schemas that it refers to. For example, an enum is a schema of its own, to which the property refers
 * with `allOf: [{ $ref }]`. If the property and the other schema have the same keyword, the keyword of the property is used.
 */
function followReferences(property: Schema, schemas: Record<string, Schema>): Schema {
  const { allOf, $ref: _ref, ...own } = property;
  const parts = Array.isArray(allOf) ? allOf.map(toSchema) : [property];
  const targets = parts.map((part) => {
    const pointer = part["$ref"];
    return typeof pointer === "string" ? toSchema(schemas[pointer.replace("#/components/schemas/", "")]) : part;
  });
  const target = targets.reduce((all, part) => ({ ...all, ...part }), {});
  // The title and the description of an enum are dropped, because Replicate generates them, and they do not help a user.
  return { ...target, title: undefined, description: undefined, ...own };
}

/** Returns a value as a schema. Returns an empty schema for a value that is not an object. */
export function toSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
