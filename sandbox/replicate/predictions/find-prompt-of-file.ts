import { promptOf } from "../faults/magic-words.ts";
import { sha256 } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";

/**
 * Returns the prompt from which the sandbox made this file, without magic words. Returns null if the sandbox did not make the
 * file, or if its prediction ended more than an hour ago, because the input is deleted after an hour.
 */
export function findPromptOfFile(bytes: Uint8Array, state: State): string | null {
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
