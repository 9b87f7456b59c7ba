/**
 * When an input counts, by the value of another input. `values`: it counts with one of these values. Without `values`: it counts
 * if the other input is given. `isNot` means the opposite.
 */
export type Condition = { field: string; values?: (string | number | boolean)[]; isNot?: true };

type Conditional = { name: string; default?: unknown; usedWhen?: Condition[] };
type Values = Record<string, unknown>;

/**
 * Whether an input counts with these values. A missing value is the default. If an input does not count, those that need it do
 * not count either. The conditions must not form a circle: `getFields` returns none that do.
 */
export function isUsed({ usedWhen = [] }: Conditional, fields: Conditional[], values: Values): boolean {
  return usedWhen.every(({ field: name, values: wanted, isNot = false }) => {
    const other = fields.find((field) => field.name === name);
    const value = other && isUsed(other, fields, values) ? (values[name] ?? other.default) : undefined;
    const isMet = wanted ? wanted.some((one) => one === value) : isGiven(value);
    return isMet !== isNot;
  });
}

/** Returns the values without those that do not count with the others. */
export function withoutUnused(values: Values, fields: Conditional[]): Values {
  const isKept = ([name]: [string, unknown]) => {
    const field = fields.find((one) => one.name === name);
    return !field || isUsed(field, fields, values);
  };
  return Object.fromEntries(Object.entries(values).filter(isKept));
}

/** Whether a value says something: it is not an empty text, an empty list or `false`. */
export function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "string" ? value.trim() !== "" : value !== undefined && value !== null && value !== false;
}
