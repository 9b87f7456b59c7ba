import { z } from "zod";
import { damaged, type FileFacts, factsOf } from "./format";

/** A file with more bytes is not read, and does not count as a glTF. */
const MAX_BYTES = 10_000_000;

const Gltf = z.object({ asset: z.object({ version: z.string() }) });

/**
 * Returns the facts of a glTF model in JSON (glTF 2.0, section 3). Null if the text is not one. Throws `UnavailableFile` if its
 * JSON is incomplete.
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
