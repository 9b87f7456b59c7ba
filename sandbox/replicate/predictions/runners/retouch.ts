import { runTask } from "../../worker-threads/pool.ts";
import type { Task } from "../../worker-threads/task.ts";
import { ModelError, readNumber, readText, type Job, type Plan } from "./plan.ts";

type Retouch = { field: string; name: string; duration: number; task: (bytes: Uint8Array) => Task };

/** A model that changes one image. Its output is one PNG, not a list. */
async function planRetouch(job: Job, { field, name, duration, task }: Retouch): Promise<Plan> {
  const bytes = await job.readFile(readText(job.input, field));
  return {
    events: [],
    duration,
    async makeFiles() {
      const made = await runTask(task(bytes)).catch(() => {
        throw new ModelError(`cannot identify image file '/tmp/${name}'`);
      });
      return [{ name, type: "image/png", bytes: made }];
    },
    toOutput: ([path]) => path,
  };
}

/** nightmareai/real-esrgan */
export function planUpscale(job: Job): Promise<Plan> {
  const scale = readNumber(job.input, "scale", 4);
  const task = (bytes: Uint8Array): Task => ({ kind: "upscale", bytes, scale });
  return planRetouch(job, { field: "image", name: "output.png", duration: 1_200, task });
}

/** cjwbw/rembg */
export function planCutOut(job: Job): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "cut-out", bytes });
  return planRetouch(job, { field: "image", name: "out.png", duration: 900, task });
}

/** tencentarc/gfpgan */
export function planRestore(job: Job): Promise<Plan> {
  const scale = readNumber(job.input, "scale", 2);
  const task = (bytes: Uint8Array): Task => ({ kind: "restore", bytes, scale });
  return planRetouch(job, { field: "img", name: "output.png", duration: 1_000, task });
}
