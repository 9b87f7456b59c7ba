import { isRecord } from "../http/validate.ts";

/**
 * Words in a prompt that change what the sandbox does. sandbox/README.md says what each word does. These files check the words:
 * - api/create-prediction.ts: [429], [lost]
 * - predictions/lifecycle.ts: [fail], [data]
 * - predictions/plan-run.ts: [gradual]
 * - predictions/runners: [nsfw], [partial], [slow], [4k]
 * - faults/change-files.ts: [half], and words that contain a value, such as [as webm] and [200 MB]
 * - api/deliver-output.ts: [expired], [truncated], [flaky], [untyped]
 */
type MagicWord =
  | "[fail]"
  | "[nsfw]"
  | "[partial]"
  | "[slow]"
  | "[429]"
  | "[lost]"
  | "[expired]"
  | "[truncated]"
  | "[flaky]"
  | "[untyped]"
  | "[data]"
  | "[gradual]"
  | "[half]"
  | "[4k]";

/** The names of the input that contains the prompt, or the text that the model reads aloud. The name depends on the model. */
const PROMPTS = ["prompt", "text", "prompt_a", "texts", "text_input", "query", "lyrics"];

/**
 * Returns the last message if the input has a conversation (`messages`), or else the prompt. Returns an empty text if the input
 * has neither of the two.
 */
export function promptOf(input: Record<string, unknown>): string {
  const last: unknown = Array.isArray(input.messages) ? input.messages.at(-1) : null;
  if (isRecord(last) && typeof last.content === "string") return last.content;
  const prompt = PROMPTS.map((name) => input[name]).find((value) => typeof value === "string" && value !== "");
  return typeof prompt === "string" ? prompt : "";
}

export function hasWord(input: Record<string, unknown>, word: MagicWord): boolean {
  return promptOf(input).includes(word);
}
