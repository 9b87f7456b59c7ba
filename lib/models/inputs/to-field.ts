import { ADDRESS_EXAMPLES, ADDRESSES, isAddress } from "./lora-addresses";
import { boundsOf, defaultOf, hasCommas, kindOf, optionsOf } from "./field-kind-and-bounds";
import { identifierInWords, labelOf } from "./field-labels";
import type { Field } from "./fields";
import { descriptionOf, type Property, toSchema } from "./schema-properties";
import { fileTypeOf } from "./takes-and-makes";

/** Converts an input of a version to a field. If the version sets no position for the input, `order` is Infinity. */
export function toField(property: Property): Field {
  const { name, required, schema } = property;
  const { title, "x-order": order, type } = schema;
  const kind = kindOf(property);
  const options = optionsOf(kind === "choices" ? toSchema(schema["items"]) : schema);
  const fallback = defaultOf(property, kind);
  const entry = kind === "texts" ? { ...property, schema: toSchema(schema["items"]) } : property;
  const isLora = (kind === "text" || kind === "texts") && isAddress(entry);
  const isDeprecated = schema["deprecated"] === true || /^\W*deprecated\b/i.test(descriptionOf(schema));
  const bounds = boundsOf(property, kind);
  const secretList = kind === "secret" && type === "array" && { isList: true as const };
  const description = describe(descriptionOf(schema), { kind, ...secretList, ...bounds }, isLora);
  const label = labelOf(name, title);
  const isFile = kind === "file" || kind === "files";
  const takes = fileTypeOf({ name, label, description: descriptionOf(schema), isList: kind === "files" });
  return {
    name,
    label,
    ...(description && { description }),
    kind,
    ...(isFile && { takes }),
    required,
    ...(fallback !== undefined && { default: fallback }),
    ...bounds,
    ...(options.length > 0 && { options, ...optionLabels(options) }),
    ...secretList,
    ...(isLora && { pattern: ADDRESSES }),
    ...(kind === "texts" && hasCommas(property) && { hasCommas: true as const }),
    ...(kind === "json" && (type === "object" || type === "array") && { json: type }),
    ...(isDeprecated && { isDeprecated: true as const }),
    order: typeof order === "number" ? order : Infinity,
  };
}

function optionLabels(options: (string | number)[]) {
  const labels = options.map((option) => [String(option), identifierInWords(String(option))] as const);
  const changed = labels.filter(([option, label]) => option !== label);
  return changed.length > 0 && { optionLabels: Object.fromEntries(changed) };
}

/**
 * Returns the description that the model's author has written for an input, and then our own notes, for example about the number
 * of entries.
 */
function describe(text: string, field: Pick<Field, "kind" | "isList" | "min" | "max">, isLora: boolean): string {
  const notes = [
    isLora && `Such as ${ADDRESS_EXAMPLES}.`,
    ["files", "texts", "numbers", "choices"].includes(field.kind) && describeCount(field),
    field.isList && "Separate the values with spaces.",
    field.kind === "secret" && "Secrets are sent to the model and not saved.",
  ].filter((note) => note);
  return [notes.length > 0 ? text.replace(/[^.!?:]$/, "$&.") : text, ...notes].filter(Boolean).join(" ");
}

/** Returns a note about the number of entries, such as "2 to 3 files.", or an empty text. */
function describeCount({ kind, min = 0, max = Infinity }: Pick<Field, "kind" | "min" | "max">): string {
  const noun = kind === "files" ? "files" : "entries";
  if (min === max) return `Exactly ${min} ${noun}.`;
  if (min > 1) return max < Infinity ? `${min} to ${max} ${noun}.` : `At least ${min} ${noun}.`;
  // For files, no maximum is stated, because the form itself says how many files can be chosen.
  return max < Infinity && kind !== "files" ? `At most ${max} ${noun}.` : "";
}
