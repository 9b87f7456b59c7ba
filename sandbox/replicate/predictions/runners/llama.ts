import { promptOf } from "../../faults/magic-words.ts";
import { fraction } from "../../state/ids.ts";
import { describeImage } from "./caption.ts";
import { readInputFiles } from "./input-files.ts";
import { getDuration, type Run, type Plan } from "./plan.ts";

const TOKEN = 30;
const FIRST_TOKEN = 60;

const ENDINGS = [
  "seen in the last warm light of the day, with long shadows and a calm, wide composition",
  "in soft morning mist, finely detailed, the colours quiet and clear",
  "painted with broad confident strokes, rich in texture, under a dramatic sky",
  "photographed with a long lens, shallow focus, every surface crisp and true",
];

/**
 * Returns the request of the user: the last message in `messages`, or else the prompt. If the prompt begins with the earlier
 * messages of a chat, these messages are left out.
 */
function readRequest({ input }: Run): string {
  return promptOf(input).replace(/^The conversation so far:\n<(message[-\d]*) [^]*<\/\1>\n\n/, "");
}

/**
 * Returns the text that the answer repeats: a description of the image if there is one, or else the request. If the request
 * contains `<prompt>…</prompt>`, only the text between these tags is used, because the rest is instructions.
 */
function readSubject(run: Run, image: Uint8Array | undefined): string {
  const request = readRequest(run);
  const [, tagged] = /<prompt>([\s\S]*)<\/prompt>/.exec(request) ?? [];
  const subject = image ? describeImage(image, run) : (tagged ?? request);
  return (
    subject
      .trim()
      .replace(/\s+/g, " ")
      .replace(/[.,;]$/, "") || "An empty page"
  );
}

/** Chooses an ending that is not in the text yet. The same text always gets the same ending. */
function chooseEnding(text: string): string {
  const start = Math.floor(fraction(text) * ENDINGS.length);
  const inOrder = [...ENDINGS.slice(start), ...ENDINGS.slice(0, start)];
  return inOrder.find((ending) => !text.includes(ending)) ?? inOrder[0] ?? "";
}

/** Returns the largest number of words that the input allows. The name of this input depends on the model. */
function readLimit({ input }: Run): number {
  const limit = input.max_tokens ?? input.max_completion_tokens ?? input.max_output_tokens;
  return typeof limit === "number" ? Math.max(1, limit) : 512;
}

/** Acts as a language model. Returns the request, or a description of the image, word by word, and adds an ending. */
export async function planLlama(run: Run): Promise<Plan> {
  const [image] = await readInputFiles(run);
  const subject = readSubject(run, image);
  const words = `${subject}, ${chooseEnding(subject)}.`.split(" ").slice(0, readLimit(run));
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
      input_token_count: readRequest(run).split(" ").length,
      output_token_count: words.length,
      time_to_first_token: FIRST_TOKEN / 1000,
      tokens_per_second: (words.length * 1000) / runMs,
    },
  };
}
