import { hasWord, promptOf } from "../../../faults/magic-words.ts";
import { drawImages } from "./draw-images.ts";
import { readNumber, getDuration, progressEvents, readText, type Run, type Plan } from "../plan.ts";

const STEP = 170;
const OVERHEAD = 120;
const FORMATS = ["webp", "jpg", "png"] as const;

/** Width and height (px) by aspect ratio, for one megapixel. From cog-flux, the source code of the model. */
const SIZES: Record<string, [number, number]> = {
  "1:1": [1024, 1024],
  "16:9": [1344, 768],
  "21:9": [1536, 640],
  "3:2": [1216, 832],
  "2:3": [832, 1216],
  "4:5": [896, 1088],
  "5:4": [1088, 896],
  "3:4": [896, 1152],
  "4:3": [1152, 896],
  "9:16": [768, 1344],
  "9:21": [640, 1536],
};

/** Acts as black-forest-labs/flux-schnell: makes images in the requested format, by default in four short steps. */
export async function planFlux(run: Run): Promise<Plan> {
  const { input, seed } = run;
  const [width, height] = SIZES[readText(input, "aspect_ratio")] ?? [1024, 1024];
  const scale = input.megapixels === "0.25" ? 0.5 : 1;
  const format = FORMATS.find((name) => name === input.output_format) ?? "webp";
  const request = {
    model: run.model,
    prompt: promptOf(input),
    seed,
    width: width * scale,
    height: height * scale,
    format,
    quality: readNumber(input, "output_quality", 80),
  };
  const count = readNumber(input, "num_outputs", 1);
  const safeCount = hasWord(input, "[nsfw]") ? 0 : count - (hasWord(input, "[partial]") ? 1 : 0);
  const steps = readNumber(input, "num_inference_steps", 4);
  const runMs = getDuration(run, steps * STEP);
  return {
    events: [
      { at: 0, log: `Using seed: ${seed}\nrunning quantized prediction\nUsing seed: ${seed}` },
      ...progressEvents([steps], runMs / steps, OVERHEAD / 2),
      { at: runMs + OVERHEAD, log: `Total safe images: ${safeCount} out of ${count}` },
    ],
    duration: runMs + OVERHEAD,
    makeFiles: (wanted = safeCount) => drawImages(request, wanted),
    toOutput: (paths) => paths,
    metrics: { image_count: safeCount },
    ...(safeCount === 0 && {
      error: "All generated images contained NSFW content. Try running it again with a different prompt.",
    }),
  };
}
