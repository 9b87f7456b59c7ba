/** Whether a value is an object with named fields. For answers of the API, whose type is not known yet. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
