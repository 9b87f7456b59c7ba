import type { Field } from "@/lib/models/inputs/fields";

export const IMAGE = "0195f2a8-0000-7000-8000-000000000001";
export const SECRET = "sk-planted-7f3a9c";

/** Returns a value that the model accepts. It is not the default, if the model also accepts other values. */
export function validValue({
  name,
  kind,
  min = 0,
  max,
  options = [],
  default: fallback,
  pattern,
  entries,
  json,
}: Field): unknown {
  const count = Math.max(1, min);
  switch (kind) {
    case "integer":
    case "seed":
    case "number":
      // If the schema has no limits for a side, the app's own limits apply, and 512 is within them.
      if (name === "width" || name === "height") return Math.max(min, 512);
      return [min, max, 7, 8].find((value) => value !== undefined && value !== fallback && value <= (max ?? Infinity));
    case "boolean":
      return fallback !== true;
    case "select":
      return options.find((option) => option !== fallback) ?? fallback;
    case "choices":
      return options.slice(0, count);
    case "text":
    case "longtext":
      return pattern ? "fofr/flux-pixar-cars" : "a red fox";
    case "secret":
      return SECRET;
    case "texts":
      return Array.from({ length: count }, (_, index) => (pattern ? `fofr/lora-${index}` : `word ${index}`));
    case "numbers":
      return Array.from({ length: count }, () => entries?.min ?? entries?.max ?? 7);
    case "file":
      return IMAGE;
    case "files":
      return Array.from({ length: count }, (_, index) => IMAGE.replace(/1$/, String(index + 1)));
    case "json":
      return json === "object" ? { a: [1] } : [{ a: 1 }];
  }
}

/** Returns values that the check must refuse. */
export function wrongValues({ kind, min, max, required }: Field): unknown[] {
  const beyond = [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])];
  // For an optional input, null means that it is not given.
  const never = [...(required ? [null] : []), [], {}, Number.POSITIVE_INFINITY, Number.NaN];
  const notList = [{}, 7, "x", true];
  switch (kind) {
    case "integer":
    case "seed":
      return [...never, "4", 1.5, true, ...beyond];
    case "number":
      return [...never, "4", true, ...beyond];
    case "boolean":
      return [...never, "true", 1];
    case "select":
      return [...never, "none of these", 7.25];
    case "file":
      return [
        ...never,
        "",
        7,
        "https://evil.example/a.png",
        "data:image/png;base64,AAAA",
        `${IMAGE}/..`,
        `https://evil.example/api/media/${IMAGE}`,
        "/api/media/7",
      ];
    case "files":
      return [...notList, IMAGE, Array(21).fill(IMAGE)];
    case "texts":
      return [...notList, [7], [null]];
    case "numbers":
      return [...notList, ["7"], [1, null]];
    case "choices":
      return [...notList, ["none of these"]];
    case "json":
      return [7, "x", true];
    case "text":
    case "longtext":
    case "secret":
      return [...never, 7, true];
  }
}
