import { fraction } from "../../state/ids.ts";
import { readInputFiles } from "./input-files.ts";
import { readText, shortenedDuration, type Plan, type Run } from "./plan.ts";

const SCENES = [
  "a lighthouse on a cliff above a calm sea",
  "a fox in the snow under tall trees",
  "two people on a bench in front of a city",
];
const WORD = 40;

/**
 * Returns a description of an image: its prompt if the sandbox drew the image, or else one of `SCENES`, chosen by the size of the
 * file.
 */
export function describeImage(image: Uint8Array, run: Run): string {
  return run.findPromptOfFile(image) ?? SCENES[Math.floor(fraction(`${image.length}`) * SCENES.length)] ?? "";
}

/** Acts as a model that describes an image. Some of these models return the text word by word, others return it in one piece. */
export async function planCaption(run: Run): Promise<Plan> {
  const [image = new Uint8Array()] = await readInputFiles(run);
  const asked = readText(run.input, "prompt") || readText(run.input, "question");
  const words = `${asked ? "The image shows" : "Caption:"} ${describeImage(image, run)}`;
  const streams = run.schemas.Output?.["x-cog-array-type"] === "iterator";
  const pieces = streams ? words.split(/(?= )/) : [];
  return {
    events: pieces.map((piece, index) => ({ at: (index + 1) * WORD, piece })),
    duration: Math.max(pieces.length * WORD, shortenedDuration(run)),
    makeFiles: async () => [],
    toOutput: () => (streams ? pieces : words),
  };
}
