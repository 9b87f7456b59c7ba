import "server-only";

/** The form that a server action was given, or an empty one: whoever calls it by hand can give it anything. */
export function formOf(given: unknown): FormData {
  return given instanceof FormData ? given : new FormData();
}
