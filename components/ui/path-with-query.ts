/** Adds a query string to a path: "/dashboard/gallery?q=fox". Leaves out values that are empty or not text. */
export function pathWithQuery<Path extends string>(
  path: Path,
  query: Record<string, unknown>,
): Path | `${Path}?${string}` {
  const given = Object.entries(query).flatMap(([name, value]) =>
    typeof value === "string" && value ? [[name, value]] : [],
  );
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
