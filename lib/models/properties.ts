import type { OpenApiSchema } from "@/lib/replicate/schema";

type Schema = Record<string, unknown>;

/** One input of a version, with the schema that it points to laid under its own words. */
export type Property = { name: string; required: boolean; schema: Schema };

/** The inputs of a version as they stand in its document; null when it describes none. */
export function propertiesOf({ components: { schemas } }: OpenApiSchema): Property[] | null {
  const input = asSchema(schemas["Input"]);
  const properties = input["properties"];
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return null;
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: withItems(flatten(given(asSchema(property)), schemas), schemas),
  }));
}

/** Whether an input is a file, or a list of them. */
export function filesOf({ schema }: Property): "one" | "many" | null {
  if (isFile(schema)) return "one";
  return schema["type"] === "array" && isFile(asSchema(schema["items"])) ? "many" : null;
}

function isFile({ type, format }: Schema): boolean {
  return type === "string" && format === "uri";
}

/** What a list holds is described in the same ways. */
function withItems(property: Schema, schemas: Record<string, Schema>): Schema {
  if (property["items"] === undefined) return property;
  return { ...property, items: flatten(given(asSchema(property["items"])), schemas) };
}

/** "This or nothing", in either of the ways it is written: as what it is when it is given. */
function given(property: Schema): Schema {
  const { anyOf, oneOf, type, ...rest } = property;
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : null;
  const [choice, ...others] = choices?.map(asSchema).filter((one) => one["type"] !== "null") ?? [];
  if (choice && others.length === 0) return { ...choice, ...rest };
  const types: unknown[] = Array.isArray(type) ? type : [];
  const [only, ...more] = types.filter((one) => one !== "null");
  return only !== undefined && more.length === 0 ? { ...property, type: only } : property;
}

/** Enums are described apart and pointed to by `allOf: [{ $ref }]`; the property's own words win. */
function flatten(property: Schema, schemas: Record<string, Schema>): Schema {
  const parts = Array.isArray(property["allOf"]) ? property["allOf"].map(asSchema) : [property];
  const targets = parts.map((part) => {
    const pointer = part["$ref"];
    return typeof pointer === "string" ? asSchema(schemas[pointer.replace("#/components/schemas/", "")]) : part;
  });
  const target = targets.reduce((all, part) => ({ ...all, ...part }), {});
  // An enum's own title and description are the generator's, not meant for people.
  return { ...target, title: undefined, description: undefined, ...property };
}

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
