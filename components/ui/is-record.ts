/** Whether a value is an object but not an array. Used for API responses that are not parsed yet. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
