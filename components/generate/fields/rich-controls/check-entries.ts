import type { Field } from "@/lib/models/inputs/fields";

/** Returns what is wrong with the entries of a list. Returns an empty text if nothing is wrong. */
export function checkEntries(field: Field, entries: string[]): string {
  const { kind, required, min = 0, max = Infinity, pattern } = field;
  const least = required ? Math.max(1, min) : min;
  // A list that is not required may be empty, even if its minimum is above 0.
  if (entries.length < least && (required || entries.length > 0))
    return `Add at least ${least} ${least === 1 ? "entry" : "entries"}.`;
  if (entries.length > max) return `Remove some entries: the limit is ${max}.`;
  if (kind === "numbers") return entries.map((entry) => checkNumber(field, entry)).find(Boolean) ?? "";
  const wrong = pattern && entries.find((entry) => !new RegExp(`^(?:${pattern})$`).test(entry));
  return wrong ? `“${wrong}” does not have the format that the model expects.` : "";
}

function checkNumber(
  { entries: { min = -Infinity, max = Infinity, isWhole = false } = { isWhole: false } }: Field,
  entry: string,
) {
  const value = Number(entry);
  if (!Number.isFinite(value)) return `“${entry}” is not a number.`;
  if (isWhole && !Number.isInteger(value)) return `${entry} is not a whole number.`;
  if (value < min) return `${entry} is less than ${min}.`;
  return value > max ? `${entry} is more than ${max}.` : "";
}
