import type { Field } from "@/lib/models/inputs/fields";

/** An input of a language model. */
export const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  kind: "longtext",
  required: false,
  order: 0,
  ...more,
});
/** An input that limits the number of tokens. */
export const tokens = (name: string, more: Partial<Field> = {}) => field(name, { kind: "integer", ...more });
