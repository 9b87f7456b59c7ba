import { z } from "zod";
import { damaged, type FileFacts, factsOf } from "./format";

/** A larger one is not read, and saved like any other file (bytes). */
const MAX_BYTES = 10_000_000;

const Gltf = z.object({ asset: z.object({ version: z.string() }) });

/**
 * Returns the facts of a glTF model in JSON, glTF 2.0 section 3; null if it is another text. Throws `UnavailableFile` if it is
 * incomplete.
 */
export async function inspectGltf(blob: Blob): Promise<FileFacts | null> {
  if (blob.size > MAX_BYTES) return null;
  let content: unknown;
  try {
    content = JSON.parse(await blob.text());
  } catch {
    damaged("its JSON is not complete");
  }
  return Gltf.safeParse(content).success ? factsOf("model/gltf+json", "gltf") : null;
}
