import { removeBackground, restoreFaces, upscale } from "../pictures/index.ts";
import { atMostTwo } from "./draw.ts";
import { ModelError, numberOf, textOf, type Job, type Plan } from "./plan.ts";

/** A model that turns one picture into another: always PNG, one URI and not a list. */
async function planRetouch(
  job: Job,
  field: string,
  name: string,
  duration: number,
  work: (bytes: Uint8Array) => Promise<Uint8Array>,
) {
  const bytes = await job.open(textOf(job.input, field));
  const plan: Plan = {
    beats: [],
    duration,
    async make() {
      const made = await atMostTwo(() => work(bytes)).catch(() => {
        throw new ModelError(`cannot identify image file '/tmp/${name}'`);
      });
      return [{ name, type: "image/png", bytes: made }];
    },
    output: ([path]) => path,
  };
  return plan;
}

/** nightmareai/real-esrgan */
export function planUpscale(job: Job): Promise<Plan> {
  return planRetouch(job, "image", "output.png", 1_200, (bytes) => upscale(bytes, numberOf(job.input, "scale", 4)));
}

/** cjwbw/rembg */
export function planCutOut(job: Job): Promise<Plan> {
  return planRetouch(job, "image", "out.png", 900, removeBackground);
}

/** tencentarc/gfpgan */
export function planRestore(job: Job): Promise<Plan> {
  return planRetouch(job, "img", "output.png", 1_000, (bytes) => restoreFaces(bytes, numberOf(job.input, "scale", 2)));
}
