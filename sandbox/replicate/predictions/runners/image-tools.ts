import { runTask } from "../../worker-threads/pool.ts";
import type { Task } from "../../worker-threads/task.ts";
import { ModelError, readNumber, readText, type Run, type Plan } from "./plan.ts";

type Retouch = { field: string; name: string; duration: number; task: (bytes: Uint8Array) => Task };

/** A model that changes one image. Its output is one PNG, not a list. */
async function planRetouch(run: Run, { field, name, duration, task }: Retouch): Promise<Plan> {
  const bytes = await run.readFile(readText(run.input, field));
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
export function planUpscale(run: Run): Promise<Plan> {
  const scale = readNumber(run.input, "scale", 4);
  const task = (bytes: Uint8Array): Task => ({ kind: "upscale", bytes, scale });
  return planRetouch(run, { field: "image", name: "output.png", duration: 1_200, task });
}

/** cjwbw/rembg */
export function planCutOut(run: Run): Promise<Plan> {
  const task = (bytes: Uint8Array): Task => ({ kind: "cut-out", bytes });
  return planRetouch(run, { field: "image", name: "out.png", duration: 900, task });
}

/** tencentarc/gfpgan */
export function planRestore(run: Run): Promise<Plan> {
  const scale = readNumber(run.input, "scale", 2);
  const task = (bytes: Uint8Array): Task => ({ kind: "restore", bytes, scale });
  return planRetouch(run, { field: "img", name: "output.png", duration: 1_000, task });
}
