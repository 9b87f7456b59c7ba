/** Words in a prompt that choose how the run ends, like the numbers of test cards. Other prompts succeed. */
export const magicWords = {
  "[fail]": "The model fails half way.",
  "[nsfw]": "Every image is flagged as NSFW: the prediction fails with the model's own sentence.",
  "[partial]":
    "The last image is flagged and removed: the output has one file less than requested. A single image leaves none.",
  "[slow]": "The run takes about 15 seconds.",
  "[429]": "Creates with the same input answer 429 (Retry-After 3) and 201 in turn, 429 first.",
  "[lost]": "The prediction is accepted and runs, but the connection closes before the answer.",
  "[expired]": "The output files answer 410 at once, as they do after their hour.",
  "[truncated]": "The first two downloads of each output file stop before the announced length.",
  "[flaky]": "The first two downloads of each output file answer 503.",
} as const;

export type MagicWord = keyof typeof magicWords;

/** The prompt of an input, empty when the model takes none. */
export function promptOf(input: Record<string, unknown>): string {
  return typeof input.prompt === "string" ? input.prompt : "";
}

export function hasWord(input: Record<string, unknown>, word: MagicWord): boolean {
  return promptOf(input).includes(word);
}
