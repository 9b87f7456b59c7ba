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
 * Returns the factor by which the image is enlarged (2 by default). The name of this parameter depends on the model. In some
 * models, its value is a text, such as `4x` or `None`.
 */
function scaleOf({ input }: Run): number {
  const scale = Number.parseFloat(readText(input, "upscale_factor"));
  return scale || ["scale", "scale_factor", "upscale"].reduce((found, name) => readNumber(input, name, found), 2);
}

/** Acts as nightmareai/real-esrgan and others: enlarges an image. */
export function planUpscale(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "upscale", bytes, scale: scaleOf(run) });
  return planRetouch(run, { name: "output.png", duration: 1_200, task });
}

/** Acts as cjwbw/rembg and others: removes the background of an image. */
export function planCutOut(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "cut-out", bytes });
  return planRetouch(run, { name: "out.png", duration: 900, task });
}

/** Acts as tencentarc/gfpgan and others: restores the faces in an image. */
export function planRestore(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "restore", bytes, scale: scaleOf(run) });
  return planRetouch(run, { name: "output.png", duration: 1_000, task });
}
