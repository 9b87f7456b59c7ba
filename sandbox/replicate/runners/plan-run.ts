import type { Runner } from "../model.ts";
import { planFlux } from "./flux.ts";
import { planLlama } from "./llama.ts";
import { planNanoBanana } from "./nano-banana.ts";
import type { Job, Plan } from "./plan.ts";
import { planCutOut, planRestore, planUpscale } from "./retouch.ts";
import { planSdxl } from "./sdxl.ts";
import { planWhisper } from "./whisper.ts";

const RUNNERS: Record<Runner, (job: Job) => Promise<Plan>> = {
  sdxl: planSdxl,
  flux: planFlux,
  "nano-banana": planNanoBanana,
  upscale: planUpscale,
  "cut-out": planCutOut,
  restore: planRestore,
  whisper: planWhisper,
  llama: planLlama,
};

/** Lays out the run of a job. Throws `ModelError` when the model would fail at its start. */
export function planRun(runner: Runner, job: Job): Promise<Plan> {
  return RUNNERS[runner](job);
}
