import type { OpenApiSchema } from "@/lib/replicate/schema";

/** One input of a model, as a form shows it. */
export type Field = {
  name: string;
  label: string;
  description?: string;
  kind: "text" | "longtext" | "integer" | "number" | "boolean" | "select" | "file" | "seed" | "json";
  required: boolean;
  default?: string | number | boolean;
  min?: number;
  max?: number;
  options?: (string | number)[];
  order: number;
};

type Schema = Record<string, unknown>;

const LONG = /prompt|text|caption/i;

/** The inputs of a version in its own order (`x-order`). What cannot be understood becomes a JSON field. */
export function fieldsOf(document: OpenApiSchema): Field[] {
  const { schemas } = document.components;
  const input = schemas["Input"] ?? {};
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  return Object.entries(asSchema(input["properties"]))
    .map(([name, property], index) =>
      fieldOf(name, flatten(asSchema(property), schemas), required.includes(name), index),
    )
    .sort((a, b) => a.order - b.order);
}

function fieldOf(name: string, property: Schema, required: boolean, index: number): Field {
  const options = Array.isArray(property["enum"])
    ? property["enum"].filter((value) => isOneOf(value, "string", "number"))
    : [];
  const { title, description, minimum, maximum } = property;
  const order = property["x-order"];
  const fallback = property["default"];
  return {
    name,
    label: typeof title === "string" && title ? title : name.replaceAll("_", " "),
    ...(typeof description === "string" && { description }),
    kind: kindOf(name, property, options.length > 0),
    required,
    ...(isOneOf(fallback, "string", "number", "boolean") && { default: fallback }),
    ...(typeof minimum === "number" && { min: minimum }),
    ...(typeof maximum === "number" && { max: maximum }),
    ...(options.length > 0 && { options }),
    order: typeof order === "number" ? order : 1000 + index,
  };
}

function kindOf(name: string, property: Schema, hasOptions: boolean): Field["kind"] {
  if (hasOptions) return "select";
  switch (property["type"]) {
    case "string":
      if (property["format"] === "uri") return "file";
      return LONG.test(name) ? "longtext" : "text";
    case "integer":
      return name === "seed" ? "seed" : "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "json";
  }
}

/** Enums are described apart and pointed to by `allOf: [{ $ref }]`; the property's own words win. */
function flatten(property: Schema, schemas: Record<string, Schema>): Schema {
  const parts = Array.isArray(property["allOf"]) ? property["allOf"].map(asSchema) : [property];
  const targets = parts.map((part) => {
    const pointer = part["$ref"];
    return typeof pointer === "string" ? asSchema(schemas[pointer.replace("#/components/schemas/", "")]) : part;
  });
  // An enum's own title and description are the generator's, not meant for people.
  const target = targets.reduce((all, part) => ({ ...all, ...part }), {});
  return { ...target, title: undefined, description: undefined, ...property };
}

function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function isOneOf<Kinds extends ("string" | "number" | "boolean")[]>(
  value: unknown,
  ...kinds: Kinds
): value is { string: string; number: number; boolean: boolean }[Kinds[number]] {
  return kinds.some((kind) => typeof value === kind);
}
