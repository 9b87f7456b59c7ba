import { z } from "zod";
import { damaged, type FileFacts, factsOf } from "./format";

/**
 * A file of more bytes than this is not parsed, and is accepted as a complete model. Only a text that may be an error page in
 * place of the file must be parsed, and an error page is never this long.
 */
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
