import type { OpenApiSchema } from "@/lib/replicate/schema";

type Schema = Record<string, unknown>;

/** One input of a version, with references in `schema` resolved. */
export type Property = { name: string; required: boolean; schema: Schema };

/** Returns the inputs of a version, in the order of its OpenAPI document. Null if the document describes no inputs. */
export function getProperties({ components: { schemas } }: OpenApiSchema): Property[] | null {
  const input = toSchema(schemas["Input"]);
  const properties = input["properties"];
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return null;
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: resolveItems(resolve(property, schemas), schemas),
  }));
}

/** Whether an input is one file or a list of files; null for anything else. */
export function fileKind({ schema }: Property): "one" | "many" | null {
  if (isFile(schema)) return "one";
  return schema["type"] === "array" && isFile(toSchema(schema["items"])) ? "many" : null;
}

function isFile({ type, format }: Schema): boolean {
  return type === "string" && format === "uri";
}

function resolveItems(property: Schema, schemas: Record<string, Schema>): Schema {
  return property["items"] === undefined ? property : { ...property, items: resolve(property["items"], schemas) };
}

function resolve(property: unknown, schemas: Record<string, Schema>): Schema {
  return followReferences(withoutNull(toSchema(property)), schemas);
}

/**
 * Converts "A or null" (`anyOf`, `oneOf` or a list of types) to A. Null is not needed, because an input without a value is
 * omitted.
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
 * Merges a property with the schemas that it refers to. Enums, for example, are separate schemas, referenced by `allOf: [{ $ref
 * }]`. Keywords next to the reference take precedence.
 */
function followReferences(property: Schema, schemas: Record<string, Schema>): Schema {
  const parts = Array.isArray(property["allOf"]) ? property["allOf"].map(toSchema) : [property];
  const targets = parts.map((part) => {
    const pointer = part["$ref"];
    return typeof pointer === "string" ? toSchema(schemas[pointer.replace("#/components/schemas/", "")]) : part;
  });
  const target = targets.reduce((all, part) => ({ ...all, ...part }), {});
  // The title and description of an enum are generated and not meant for users.
  return { ...target, title: undefined, description: undefined, ...property };
}

/** Returns a schema from a document; an empty one for any value that is not an object. */
export function toSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
