import { promptOf } from "../faults/magic-words.ts";
import { sha256 } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";

/**
 * The prompt that an output of the sandbox was made from, without magic words. Null for any other file, and an hour after the
 * output was made: its input is then deleted.
 */
export function findPrompt(bytes: Uint8Array, state: State): string | null {
  const hash = sha256(bytes);
  const output = state.outputs.list().find((file) => file.sha256 === hash);
  const prediction = output && state.predictions.get(output.prediction);
  const prompt = prediction
    ? promptOf(prediction.input)
        .replaceAll(/\s*\[[^\]]*\]/g, "")
        .trim()
    : "";
  return prompt || null;
}
