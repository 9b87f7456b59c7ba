/**
 * A condition under which a model uses an input. The condition is met if the input `field` has one of these `values`. Without
 * `values`, the condition is met if the input `field` is given. `isNot` reverses the condition.
 */
export type Condition = { field: string; values?: (string | number | boolean)[]; isNot?: true };

type Conditional = { name: string; default?: unknown; usedWhen?: Condition[] };
type Values = Record<string, unknown>;

/**
 * Whether the model uses an input. `values` are the values of all inputs; if one is missing, its default is used. If a condition
 * is about an input that the model does not use, that input is treated as not given. The conditions must not form a circle.
 * `getFields` returns no conditions that form a circle.
 */
export function isUsed({ usedWhen = [] }: Conditional, fields: Conditional[], values: Values): boolean {
  return usedWhen.every(({ field: name, values: wanted, isNot = false }) => {
    const other = fields.find((field) => field.name === name);
    const value = other && isUsed(other, fields, values) ? (values[name] ?? other.default) : undefined;
    const isMet = wanted ? wanted.some((one) => one === value) : isGiven(value);
    return isMet !== isNot;
  });
}

/** Returns the values without those that the model does not use. */
export function withoutUnused(values: Values, fields: Conditional[]): Values {
  const isKept = ([name]: [string, unknown]) => {
    const field = fields.find((one) => one.name === name);
    return !field || isUsed(field, fields, values);
  };
  return Object.fromEntries(Object.entries(values).filter(isKept));
}

/** Whether an input is given: its value is not missing, null, `false`, a blank text or an empty list. */
export function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "string" ? value.trim() !== "" : value !== undefined && value !== null && value !== false;
}
