import type { Field } from "@/lib/models/fields";
import type { Values } from "@/components/generate/fields/form-values";

/** The values that a form can show, and the names of those that it cannot. */
export type Kept = { values: Values; left: string[] };

/** Of settings that were made for another version, those that these fields take too. */
export function filterCompatibleValues(values: Values, fields: Field[]): Kept {
  const entries = Object.entries(values);
  const fits = ([name, value]: [string, unknown]) => fields.some((field) => field.name === name && isFor(field, value));
  return {
    values: Object.fromEntries(entries.filter(fits)),
    left: entries.filter((entry) => !fits(entry)).map(([name]) => name),
  };
}

function isFor({ kind, options, min = -Infinity, max = Infinity }: Field, value: unknown) {
  switch (kind) {
    case "integer":
    case "seed":
      return Number.isInteger(value) && isWithin(value, min, max);
    case "number":
      return isWithin(value, min, max);
    case "boolean":
      return typeof value === "boolean";
    case "select":
      return options?.some((option) => option === value) ?? false;
    case "text":
    case "longtext":
    case "file":
      return typeof value === "string";
    case "files":
      return Array.isArray(value) && value.every((path) => typeof path === "string");
    case "json":
      return true;
  }
}

function isWithin(value: unknown, min: number, max: number) {
  return typeof value === "number" && value >= min && value <= max;
}
