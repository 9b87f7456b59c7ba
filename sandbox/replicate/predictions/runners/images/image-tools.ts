import { runTask } from "../../../worker-threads/pool.ts";
import type { Task } from "../../../worker-threads/task.ts";
import { findImage, readInputFiles } from "../input-files.ts";
import { ModelError, readNumber, readText, type Plan, type Run } from "../plan.ts";

type Retouch = { name: string; duration: number; task: (bytes: Uint8Array) => Task };

/** Acts as a model that changes one image and returns one PNG. */
async function planRetouch(run: Run, { name, duration, task }: Retouch): Promise<Plan> {
  const image = await findImage(await readInputFiles(run));
  if (!image) throw new ModelError(`cannot identify image file '/tmp/${name}'`);
  return {
    events: [],
    duration,
    makeFiles: async () => [{ name, type: "image/png", bytes: await runTask(task(image.bytes)) }],
    toOutput: (paths) => (run.schemas.Output?.type === "array" ? paths : paths[0]),
  };
}

/**
 * Returns how many times larger the result is than the input image. This input has different names in different models. In some
 * models its value is a text, such as `4x` or `None`.
 */
function scaleOf({ input }: Run): number {
  const scale = Number.parseFloat(readText(input, "upscale_factor"));
  return scale || ["scale", "scale_factor", "upscale"].reduce((found, name) => readNumber(input, name, found), 2);
}

/** Enlarges an image: nightmareai/real-esrgan and others. */
export function planUpscale(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "upscale", bytes, scale: scaleOf(run) });
  return planRetouch(run, { name: "output.png", duration: 1_200, task });
}

/** Removes the background: cjwbw/rembg and others. */
export function planCutOut(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "cut-out", bytes });
  return planRetouch(run, { name: "out.png", duration: 900, task });
}

/** Restores faces: tencentarc/gfpgan and others. */
export function planRestore(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "restore", bytes, scale: scaleOf(run) });
  return planRetouch(run, { name: "output.png", duration: 1_000, task });
}
