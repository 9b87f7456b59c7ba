import { fraction } from "../../state/ids.ts";
import { readInputFiles } from "./input-files.ts";
import { readText, shortenedDuration, type Plan, type Run } from "./plan.ts";

const SCENES = [
  "a lighthouse on a cliff above a calm sea",
  "a fox in the snow under tall trees",
  "two people on a bench in front of a city",
];
const WORD = 40;

/** A model that says what an image shows: word by word, or all at once. */
export async function planCaption(run: Run): Promise<Plan> {
  const [image] = await readInputFiles(run);
  const scene = SCENES[Math.floor(fraction(`${image?.length}`) * SCENES.length)] ?? "";
  const asked = readText(run.input, "prompt") || readText(run.input, "question");
  const words = `${asked ? "The image shows" : "Caption:"} ${scene}`;
  const streams = run.schemas.Output?.["x-cog-array-type"] === "iterator";
  const pieces = streams ? words.split(/(?= )/) : [];
  return {
    events: pieces.map((piece, index) => ({ at: (index + 1) * WORD, piece })),
    duration: Math.max(pieces.length * WORD, shortenedDuration(run)),
    makeFiles: async () => [],
    toOutput: () => (streams ? pieces : words),
  };
}
