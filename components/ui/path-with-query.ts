/** Adds a query string to a path, without empty values: "/dashboard/gallery?q=fox". */
export function pathWithQuery<Path extends string>(
  path: Path,
  query: Record<string, unknown>,
): Path | `${Path}?${string}` {
  const given = Object.entries(query).flatMap(([name, value]) =>
    typeof value === "string" && value ? [[name, value]] : [],
  );
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
