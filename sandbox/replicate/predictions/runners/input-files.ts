import sharp from "sharp";
import { resolveRef } from "../../http/json-schema.ts";
import type { Run } from "./plan.ts";

/**
 * Returns the bytes of all input files, in the order of the inputs in a form (`x-order`). Throws `ModelError` if a file does not
 * exist.
 */
export async function readInputFiles(run: Run): Promise<Uint8Array[]> {
  const properties = Object.entries(run.schemas.Input?.properties ?? {}).toSorted(
    ([, a], [, b]) => Number(a["x-order"] ?? 0) - Number(b["x-order"] ?? 0),
  );
  const uris = properties.flatMap(([name, property]) => {
    const schema = resolveRef(property, run.schemas);
    const value = run.input[name];
    if (schema.format === "uri" && typeof value === "string" && value !== "") return [value];
    return schema.items?.format === "uri" && Array.isArray(value) ? value.map(String) : [];
  });
  return Promise.all(uris.map((uri) => run.readFile(uri)));
}

/** Returns the first of the files that is an image, or null. The width and height (px) are those of the upright image. */
export async function findImage(files: Uint8Array[]) {
  for (const bytes of files) {
    const metadata = await sharp(bytes)
      .metadata()
      .catch(() => null);
    if (metadata) return { bytes, ...metadata.autoOrient };
  }
  return null;
}
