import { hasWord, promptOf } from "../../../faults/magic-words.ts";
import { drawImages } from "./draw-images.ts";
import { ModelError, readNumber, getDuration, progressEvents, readText, type Run, type Plan } from "../plan.ts";

const STEP = 78;
const DECODE = 50;
const MAX_PIXELS = 16_777_216;

/**
 * Returns the number of steps of each progress bar. A refiner adds a second bar. With an input image, the model needs fewer
 * steps.
 */
function countSteps({ input }: Run): number[] {
  const requested = readNumber(input, "num_inference_steps", 50);
  const share = readText(input, "image") ? readNumber(input, "prompt_strength", 0.8) : 1;
  const steps = Math.max(1, Math.floor(requested * share));
  if (input.refine === "expert_ensemble_refiner") {
    const base = Math.max(1, Math.floor(steps * readNumber(input, "high_noise_frac", 0.8)));
    return steps > base ? [base, steps - base] : [base];
  }
  if (input.refine === "base_image_refiner") return [steps, Math.max(1, readNumber(input, "refine_steps", steps))];
  return [steps];
}

function checkSize(width: number, height: number) {
  if (width < 8 || height < 8 || width % 8 || height % 8) {
    throw new ModelError(`\`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`);
  }
  if (width * height > MAX_PIXELS) {
    throw new ModelError("CUDA out of memory. Tried to allocate 64.00 GiB (GPU 0; 44.34 GiB total capacity)");
  }
}

/**
 * Acts as stability-ai/sdxl: makes PNG files in the requested size. The lines of the log are those of the model's source code.
 */
export async function planSdxl(run: Run): Promise<Plan> {
  const { input, seed } = run;
  const width = readNumber(input, "width", 1024);
  const height = readNumber(input, "height", 1024);
  checkSize(width, height);
  const source = readText(input, "image");
  const mask = readText(input, "mask");
  if (source) await run.readFile(source);
  if (mask) await run.readFile(mask);

  const count = readNumber(input, "num_outputs", 1);
  const safeCount = hasWord(input, "[nsfw]") ? 0 : count - (hasWord(input, "[partial]") ? 1 : 0);
  const bars = countSteps(run);
  const steps = bars.reduce((sum, total) => sum + total, 0);
  const runMs = getDuration(run, steps * STEP);
  const mode = source && mask ? "inpainting mode" : source ? "img2img mode" : "txt2img mode";
  const flagged = Array.from(
    { length: count - safeCount },
    (_, n) => `NSFW content detected in image ${safeCount + n}`,
  );
  const request = {
    model: run.model,
    prompt: promptOf(input),
    negativePrompt: readText(input, "negative_prompt"),
    seed,
    width,
    height,
    format: "png" as const,
  };
  return {
    events: [
      { at: 0, log: `Using seed: ${seed}\nPrompt: ${request.prompt}\n${mode}` },
      ...progressEvents(bars, runMs / steps),
      ...flagged.map((log) => ({ at: runMs, log })),
    ],
    duration: runMs + DECODE,
    makeFiles: (wanted = safeCount) => drawImages(request, wanted),
    toOutput: (paths) => paths,
    ...(safeCount === 0 && { error: "NSFW content detected. Try running it again, or try a different prompt." }),
  };
}
