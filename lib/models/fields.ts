import { MAX_IMAGES_PER_PREDICTION } from "@/lib/limits/default-limits";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { type FileType, fileTypeOf } from "./file-type";
import { fileKind, getProperties, type Property } from "./schema-properties";

/** One input of a model, for a form. */
export type Field = {
  name: string;
  label: string;
  description?: string;
  /** For files: what kind they are. */
  takes?: FileType;
  kind: "text" | "longtext" | "integer" | "number" | "boolean" | "select" | "file" | "files" | "seed" | "json";
  required: boolean;
  default?: string | number | boolean;
  min?: number;
  max?: number;
  options?: (string | number)[];
  order: number;
};

const LONG = /prompt|text|caption/i;

/**
 * Returns the inputs of a version, in the order that the version sets (`x-order`). An input with an unknown schema becomes a
 * JSON field.
 */
export function getFields(document: OpenApiSchema): Field[] {
  return (getProperties(document) ?? []).map(toField).sort((a, b) => a.order - b.order);
}

/** Whether a model takes a prompt and requires nothing else. */
export function takesPromptAlone(fields: Field[]): boolean {
  const others = fields.filter(({ name }) => name !== "prompt");
  return others.length < fields.length && !others.some(({ required }) => required);
}

/** Whether an input takes one or more images. An input that does not say what it takes is tried with an image. */
export function takesMedia({ kind, takes = "any" }: Field): boolean {
  return isFileKind(kind) && ["image", "mask", "any"].includes(takes);
}

/** Whether an input takes only files that this app cannot supply. */
export function isUnsupportedFile(field: Field): boolean {
  return isFileKind(field.kind) && !takesMedia(field);
}

function isFileKind(kind: Field["kind"]) {
  return kind === "file" || kind === "files";
}

function toField(property: Property, index: number): Field {
  const { name, required, schema } = property;
  const { title, description, default: fallback, maxItems, "x-order": order } = schema;
  const options = getOptions(schema["enum"]);
  const kind = getKind(property, options.length > 0);
  const words = {
    name,
    label: typeof title === "string" && title ? title : name.replaceAll("_", " "),
    ...(typeof description === "string" && { description }),
  };
  return {
    ...words,
    kind,
    ...(isFileKind(kind) && { takes: fileTypeOf({ ...words, isList: kind === "files" }) }),
    required,
    ...((isTextOrNumber(fallback) || typeof fallback === "boolean") && { default: fallback }),
    ...getBounds(schema),
    ...(fileKind(property) === "many" &&
      typeof maxItems === "number" && { max: Math.min(MAX_IMAGES_PER_PREDICTION, maxItems) }),
    ...(options.length > 0 && { options }),
    order: typeof order === "number" ? order : 1000 + index,
  };
}

/** Returns the options without duplicates, because 1 and "1" are equal in a form. */
function getOptions(values: unknown): (string | number)[] {
  if (!Array.isArray(values)) return [];
  const options = values.filter(isTextOrNumber);
  return options.filter((option, index) => options.findIndex((one) => String(one) === String(option)) === index);
}

/**
 * Returns the bounds of a number. Bounds that exclude every value or the default are ignored, because such a form could never
 * be sent.
 */
function getBounds({ type, minimum, maximum, default: fallback }: Property["schema"]) {
  const isWhole = type === "integer";
  const min = typeof minimum === "number" ? (isWhole ? Math.ceil(minimum) : minimum) : -Infinity;
  const max = typeof maximum === "number" ? (isWhole ? Math.floor(maximum) : maximum) : Infinity;
  if (min > max || (typeof fallback === "number" && (fallback < min || fallback > max))) return null;
  return { ...(min > -Infinity && { min }), ...(max < Infinity && { max }) };
}

function getKind(property: Property, hasOptions: boolean): Field["kind"] {
  const { name, schema } = property;
  if (hasOptions) return "select";
  const files = fileKind(property);
  if (files) return files === "many" ? "files" : "file";
  const { type } = schema;
  if (type === "string") return LONG.test(name) ? "longtext" : "text";
  if (type === "integer") return name === "seed" ? "seed" : "integer";
  return type === "number" || type === "boolean" ? type : "json";
}

function isTextOrNumber(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
