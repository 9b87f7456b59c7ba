import { hasWord, promptOf } from "../../../faults/magic-words.ts";
import { fraction } from "../../../state/ids.ts";
import { runTask } from "../../../worker-threads/pool.ts";
import { drawImages, finalSize, TYPES } from "./draw-images.ts";
import { findImage, readInputFiles } from "../input-files.ts";
import {
  flagged,
  progressEvents,
  readNumber,
  readText,
  shortenedDuration,
  type NewFile,
  type Plan,
  type Run,
} from "../plan.ts";
import { imageSize } from "./sizes.ts";

const STEPS = 10;
/**
 * The names of the input with the number of images. `max_images` is not in this list, because models use it only when they make a
 * series.
 */
const COUNTS = ["num_outputs", "number_of_images", "number_of_outputs"];

function countOf({ input }: Run): number {
  // With the input `progressive_outputs`, kuprel/min-dalle returns an image after each step. In this case, the sandbox returns
  // four images.
  if (input.progressive_outputs === true) return 4;
  const series = input.sequential_image_generation === "auto" ? readNumber(input, "max_images", 1) : 1;
  const each = readNumber(input, "number_of_images_per_pose", 1);
  return each * Math.max(series, ...COUNTS.map((name) => readNumber(input, name, 1)));
}

function formatOf({ input }: Run) {
  const asked = readText(input, "output_format") || "png";
  if (asked === "jpeg") return "jpg";
  return asked === "jpg" || asked === "webp" ? asked : "png";
}

/** Acts as any model that makes raster images: draws the prompt, or shows its input images side by side in other colours. */
export async function planImage(run: Run): Promise<Plan> {
  const { input, model, seed } = run;
  const files = await readInputFiles(run);
  const prompt = promptOf(input);
  const size = finalSize({ prompt }, imageSize(input, await findImage(files)));
  const format = formatOf(run);
  const isList = run.schemas.Output?.type === "array";
  const count = isList ? countOf(run) : 1;
  const safeCount = hasWord(input, "[nsfw]") ? 0 : count - (hasWord(input, "[partial]") ? 1 : 0);
  const duration = shortenedDuration(run);

  async function edit(index: number): Promise<NewFile> {
    // The hues of the input images are shifted by 60 to 300 degrees, so that the change is clearly visible.
    const hue = 60 + Math.round(fraction(`${prompt} ${seed} ${index}`) * 240);
    const bytes = await runTask({ kind: "combine", images: files, ...size, format, hue });
    return { name: `out-${index}.${format}`, type: TYPES[format], bytes };
  }
  const request = { model, prompt, negativePrompt: readText(input, "negative_prompt"), seed };
  return {
    events: [{ at: 0, log: `Using seed: ${seed}` }, ...progressEvents([STEPS], duration / STEPS)],
    duration,
    makeFiles: (wanted = safeCount) =>
      files.length > 0
        ? Promise.all(Array.from({ length: wanted }, (_, index) => edit(index)))
        : drawImages({ ...request, ...size, format }, wanted),
    toOutput: (paths) => (isList ? paths : paths[0]),
    metrics: { image_count: safeCount },
    ...(safeCount === 0 && flagged(run)),
  };
}
