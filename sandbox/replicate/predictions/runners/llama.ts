import { promptOf } from "../../faults/magic-words.ts";
import { fraction } from "../../state/ids.ts";
import { readNumber, getDuration, type Run, type Plan } from "./plan.ts";

const TOKEN = 30;
const FIRST_TOKEN = 60;

const ENDINGS = [
  "seen in the last warm light of the day, with long shadows and a calm, wide composition",
  "in soft morning mist, finely detailed, the colours quiet and clear",
  "painted with broad confident strokes, rich in texture, under a dramatic sky",
  "photographed with a long lens, shallow focus, every surface crisp and true",
];

/** A language model that repeats the prompt word by word and adds an ending. */
export async function planLlama(run: Run): Promise<Plan> {
  const prompt =
    promptOf(run.input)
      .trim()
      .replace(/\s+/g, " ")
      .replace(/[.,;]$/, "") || "An empty page";
  const ending = ENDINGS[Math.floor(fraction(prompt) * ENDINGS.length)];
  const words = `${prompt}, ${ending}.`.split(" ").slice(0, Math.max(1, readNumber(run.input, "max_tokens", 512)));
  const runMs = getDuration(run, words.length * TOKEN);
  const pieces = words.map((word, index) => ({
    at: FIRST_TOKEN + (index * runMs) / words.length,
    piece: index === 0 ? word : ` ${word}`,
  }));
  return {
    events: pieces,
    duration: FIRST_TOKEN + runMs,
    makeFiles: async () => [],
    toOutput: () => pieces.map(({ piece }) => piece),
    metrics: {
      input_token_count: prompt.split(" ").length,
      output_token_count: words.length,
      time_to_first_token: FIRST_TOKEN / 1000,
      tokens_per_second: (words.length * 1000) / runMs,
    },
  };
}
