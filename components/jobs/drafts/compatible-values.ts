import type { Field } from "@/lib/models/inputs/fields";
import type { Values } from "@/components/jobs/job";

/** The values that a form accepts, and the names of all other values. */
type CompatibleValues = { values: Values; omitted: string[] };

/** Separates the values that these fields accept from all other values. The fields of two versions of a model can differ. */
export function filterCompatibleValues(values: Values, fields: Field[]): CompatibleValues {
  const entries = Object.entries(values);
  const fits = ([name, value]: [string, unknown]) =>
    fields.some((field) => field.name === name && accepts(field, value));
  return {
    values: Object.fromEntries(entries.filter(fits)),
    omitted: entries.filter((entry) => !fits(entry)).map(([name]) => name),
  };
}

function accepts({ kind, options, min = -Infinity, max = Infinity }: Field, value: unknown) {
  if (kind === "json") return true;
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "select") return options?.some((option) => option === value) ?? false;
  if (kind === "files" || kind === "texts")
    return Array.isArray(value) && value.every((one) => typeof one === "string");
  if (kind === "numbers") return Array.isArray(value) && value.every((one) => typeof one === "number");
  if (kind === "choices") return Array.isArray(value) && value.every((one: string | number) => options?.includes(one));
  if (kind === "secret") return false;
  if (kind === "text" || kind === "longtext" || kind === "file") return typeof value === "string";
  return typeof value === "number" && value >= min && value <= max && (kind === "number" || Number.isInteger(value));
}
