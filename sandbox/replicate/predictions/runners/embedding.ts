import { promptOf } from "../../faults/magic-words.ts";
import { fraction } from "../../state/ids.ts";
import { readInputFiles } from "./input-files.ts";
import { shortenedDuration, type Plan, type Run } from "./plan.ts";

const DIMENSIONS = 1024;

/** Returns a unit vector (1,024 numbers, Euclidean length 1) that depends only on the text. */
function embed(text: string): number[] {
  const values = Array.from({ length: DIMENSIONS }, (_, index) => fraction(`${text} ${index}`) - 0.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function parseTexts(json: string): unknown[] {
  try {
    const texts: unknown = JSON.parse(json);
    return Array.isArray(texts) ? texts : [json];
  } catch {
    return [json];
  }
}

/** Acts as a model that turns one text or file into a vector, or a list of texts into a list of vectors. */
export async function planEmbedding(run: Run): Promise<Plan> {
  const [file] = await readInputFiles(run);
  const text = promptOf(run.input) || Buffer.from(file ?? []).toString("latin1");
  const isOne = run.schemas.Output?.items?.type === "number";
  return {
    events: [],
    duration: shortenedDuration(run),
    makeFiles: async () => [],
    toOutput: () => (isOne ? embed(text) : parseTexts(text).map((item) => embed(String(item)))),
  };
}
