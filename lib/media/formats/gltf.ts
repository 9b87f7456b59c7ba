import { z } from "zod";
import { damaged, type FileFacts, factsOf } from "./format";

/** A file with more bytes than this is not read. It counts as a complete model, because it is too long for an error page. */
const MAX_BYTES = 10_000_000;

const MODEL = factsOf("model/gltf+json", "gltf");

const Gltf = z.object({ asset: z.object({ version: z.string() }) });

/**
 * Returns the facts of a glTF model in JSON (glTF 2.0, section 3). Returns null if the text is something else. Throws
 * `UnavailableFile` if its JSON is incomplete.
 */
export async function inspectGltf(blob: Blob): Promise<FileFacts | null> {
  if (blob.size > MAX_BYTES) return MODEL;
  let content: unknown;
  try {
    content = JSON.parse(await blob.text());
  } catch {
    damaged("its JSON is not complete");
  }
  return Gltf.safeParse(content).success ? MODEL : null;
}
