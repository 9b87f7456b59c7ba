import { MAX_IMAGES_PER_PREDICTION } from "@/lib/config";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { filesOf, propertiesOf, type Property } from "./properties";

/** One input of a model, as a form shows it. */
export type Field = {
  name: string;
  label: string;
  description?: string;
  kind: "text" | "longtext" | "integer" | "number" | "boolean" | "select" | "file" | "files" | "seed" | "json";
  required: boolean;
  default?: string | number | boolean;
  min?: number;
  max?: number;
  options?: (string | number)[];
  order: number;
};

const LONG = /prompt|text|caption/i;

/** The inputs of a version in its own order (`x-order`). What cannot be understood becomes a JSON field. */
export function fieldsOf(document: OpenApiSchema): Field[] {
  return (propertiesOf(document) ?? []).map(fieldOf).sort((a, b) => a.order - b.order);
}

/** Whether a model makes something of a prompt and nothing else. */
export function takesPromptAlone(fields: Field[]): boolean {
  return (
    fields.some(({ name }) => name === "prompt") && fields.every(({ name, required }) => name === "prompt" || !required)
  );
}

const otherMedia = /audio|sound|music|song|voice|speech|video|movie|weights|zip|pdf/i;

/** Whether an input takes an image, or several. By the schema alone, inputs for sound and video look the same. */
export function takesMedia({ kind, name, label }: Field): boolean {
  const words = `${name} ${label}`;
  return isFile(kind) && (/image|picture|photo/i.test(words) || !otherMedia.test(words));
}

/** Whether an input takes only files that this app cannot supply. */
export function isUnsupportedFile(field: Field): boolean {
  return isFile(field.kind) && !takesMedia(field);
}

function isFile(kind: Field["kind"]) {
  return kind === "file" || kind === "files";
}

function fieldOf(described: Property, index: number): Field {
  const { name, required, schema: property } = described;
  const options = optionsOf(property["enum"]);
  const { title, description } = property;
  const order = property["x-order"];
  const fallback = property["default"];
  return {
    name,
    label: typeof title === "string" && title ? title : name.replaceAll("_", " "),
    ...(typeof description === "string" && { description }),
    kind: kindOf(described, options.length > 0),
    required,
    ...(isOneOf(fallback, "string", "number", "boolean") && { default: fallback }),
    ...boundsOf(property),
    ...(filesOf(described) === "many" &&
      typeof property["maxItems"] === "number" && {
        max: Math.min(MAX_IMAGES_PER_PREDICTION, property["maxItems"]),
      }),
    ...(options.length > 0 && { options }),
    order: typeof order === "number" ? order : 1000 + index,
  };
}

/** What can be chosen, each once: in a form 1 and "1" are the same. */
function optionsOf(values: unknown): (string | number)[] {
  if (!Array.isArray(values)) return [];
  const options = values.filter((value) => isOneOf(value, "string", "number"));
  return options.filter((option, index) => options.findIndex((one) => String(one) === String(option)) === index);
}

/** A form with bounds that nothing meets, not even the default, could never be sent. */
function boundsOf({ type, minimum, maximum, default: fallback }: Property["schema"]) {
  const isWhole = type === "integer";
  const min = typeof minimum === "number" ? (isWhole ? Math.ceil(minimum) : minimum) : -Infinity;
  const max = typeof maximum === "number" ? (isWhole ? Math.floor(maximum) : maximum) : Infinity;
  if (min > max || (typeof fallback === "number" && (fallback < min || fallback > max))) return null;
  return { ...(min > -Infinity && { min }), ...(max < Infinity && { max }) };
}

function kindOf(property: Property, hasOptions: boolean): Field["kind"] {
  const { name, schema } = property;
  const files = filesOf(property);
  if (hasOptions) return "select";
  if (files) return files === "many" ? "files" : "file";
  switch (schema["type"]) {
    case "string":
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

function isOneOf<Kinds extends ("string" | "number" | "boolean")[]>(
  value: unknown,
  ...kinds: Kinds
): value is { string: string; number: number; boolean: boolean }[Kinds[number]] {
  return kinds.some((kind) => typeof value === kind);
}
