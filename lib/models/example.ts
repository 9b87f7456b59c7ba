import "server-only";
import { env } from "@/lib/env";
import { fileStillExists } from "@/lib/media/file-still-exists";
import { outputFiles, outputLinks } from "@/lib/media/output-files";
import type { ReplicateModel } from "@/lib/replicate/schema";

/** The example on a model's page: a prediction that the model's author has chosen. */
export type ModelExample = {
  input: Record<string, unknown>;
  /** The URLs of the example's output files that still exist. */
  files: string[];
  /** The example's output as text. Null if the output consists of files, or if there is no output. */
  text: string | null;
};

const MAX_FILES = 4;
/** The longest output that is shown (`MAX_TEXT`), and the longest input that is accepted (`MAX_INPUT`), in characters. */
const MAX_TEXT = 2_000;
const MAX_INPUT = 20_000;

/**
 * Returns the example of a model. The author of the model may be anyone, so the example is checked and shortened. Returns null if
 * there is no example, or if its input is too long.
 */
export async function toExample({ default_example: example }: ReplicateModel): Promise<ModelExample | null> {
  const input = example?.input;
  if (!input || JSON.stringify(input).length > MAX_INPUT) return null;
  const origins = env().REPLICATE_DELIVERY_ORIGINS;
  const links = outputLinks(example.output, origins);
  const urls = outputFiles(example.output, links);
  const found = await Promise.all(urls.slice(0, MAX_FILES).map((url) => fileStillExists(url, origins)));
  return {
    input,
    files: urls.filter((_, index) => found[index]),
    text: urls.length > 0 ? null : outputInWords(example.output),
  };
}

function outputInWords(output: unknown): string | null {
  if (output === null || output === undefined) return null;
  const pieces = [output].flat();
  const isText = pieces.every((piece) => typeof piece === "string");
  return (isText ? pieces.join("") : JSON.stringify(output, null, 2)).slice(0, MAX_TEXT);
}
