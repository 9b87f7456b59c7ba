/** Words in a prompt that choose an ending, like the numbers of test cards. Every other prompt succeeds. */
export const magicWords = {
  "[fail]": "The model raises an error half way.",
  "[nsfw]": "Every image is flagged as NSFW: the prediction fails with the model's own sentence.",
  "[partial]":
    "The last image is flagged and dropped: the output has one file fewer than asked; of one image none is left.",
  "[slow]": "The run takes about 15 seconds.",
  "[429]": "The first create of an input answers 429 with Retry-After 3, the next one works; then it starts anew.",
  "[lost]": "The prediction is accepted and runs, but the connection is dropped before the answer.",
  "[expired]": "The output files answer 410 at once: their hour has passed.",
  "[truncated]": "An output file breaks off before its announced length the first two times.",
  "[flaky]": "An output file answers 503 the first two times.",
} as const;

export type MagicWord = keyof typeof magicWords;

/** The prompt of an input, empty when the model takes none. */
export function promptOf(input: Record<string, unknown>): string {
  return typeof input.prompt === "string" ? input.prompt : "";
}

export function hasWord(input: Record<string, unknown>, word: MagicWord): boolean {
  return promptOf(input).includes(word);
}
