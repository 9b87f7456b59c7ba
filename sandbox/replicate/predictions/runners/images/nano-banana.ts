import sharp from "sharp";
import { promptOf } from "../../../faults/magic-words.ts";
import { runTask } from "../../../worker-threads/pool.ts";
import { drawImages, TYPES } from "./draw-images.ts";
import { flagged, ModelError, getDuration, readText, type Run, type NewFile, type Plan } from "../plan.ts";

const DURATION = 2_000;
const PIXELS = 1024 * 1024;
/** The largest aspect ratio (width / height) of a result. The smallest one is the inverse of this number. */
const MAX_RATIO = 4;

/** Width and height (px) by aspect ratio, for one megapixel. From the documentation of Gemini 2.5 Flash Image. */
const SIZES: Record<string, [number, number]> = {
  "1:1": [1024, 1024],
  "2:3": [832, 1248],
  "3:2": [1248, 832],
  "3:4": [864, 1184],
  "4:3": [1184, 864],
  "4:5": [896, 1152],
  "5:4": [1152, 896],
  "9:16": [768, 1344],
  "16:9": [1344, 768],
  "21:9": [1536, 672],
};

/** Acts as google/nano-banana: draws the prompt, or shows the input images side by side. The output is one URI, not a list. */
export async function planNanoBanana(run: Run): Promise<Plan> {
  const { input } = run;
  const uris = Array.isArray(input.image_input) ? input.image_input : [];
  const images = await Promise.all(uris.map((uri) => run.readFile(String(uri))));
  const [width, height] = SIZES[readText(input, "aspect_ratio")] ?? (await sizeOf(images[0]));
  const format = input.output_format === "png" ? "png" : "jpg";

  async function combine(): Promise<NewFile[]> {
    const task = { kind: "combine", images, width, height, format } as const;
    const bytes = await runTask(task).catch(() => {
      throw unreadableImage();
    });
    return [{ name: `output.${format}`, type: TYPES[format], bytes }];
  }

  const request = { model: run.model, prompt: promptOf(input), seed: run.seed, width, height, format } as const;
  const duration = getDuration(run, DURATION);
  return {
    events: [
      { at: 0, log: "Generating image..." },
      { at: duration, log: `Generated image in ${(duration / 1000).toFixed(1)}sec` },
    ],
    duration,
    makeFiles: (wanted = 1) => (images.length > 0 ? combine() : drawImages(request, wanted)),
    toOutput: ([path]) => path,
    metrics: { image_count: 1 },
    ...flagged(run),
  };
}

/**
 * Returns the width and height (px) for about one megapixel, in the aspect ratio of the image, or square if there is no image.
 */
async function sizeOf(image: Uint8Array | undefined): Promise<[number, number]> {
  if (!image) return [1024, 1024];
  const { autoOrient } = await sharp(image)
    .metadata()
    .catch(() => {
      throw unreadableImage();
    });
  const ratio = Math.min(MAX_RATIO, Math.max(1 / MAX_RATIO, autoOrient.width / autoOrient.height));
  const side = (length: number) => Math.round(length / 8) * 8;
  return [side(Math.sqrt(PIXELS * ratio)), side(Math.sqrt(PIXELS / ratio))];
}

function unreadableImage() {
  return new ModelError("cannot identify image file '/tmp/image_input'");
}
