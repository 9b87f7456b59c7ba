import { promptOf } from "../../../faults/magic-words.ts";
import { drawVector } from "../../../painter/draw-vector.ts";
import { flagged, readText, shortenedDuration, type Plan, type Run } from "../plan.ts";
import { readRatio } from "./sizes.ts";

const SIDE = 1024;

/** Acts as any model that makes one SVG. */
export async function planVector(run: Run): Promise<Plan> {
  const { input, model, seed } = run;
  const [, wide, high] = /^(\d+)x(\d+)$/.exec(readText(input, "size")) ?? [];
  const ratio = readRatio(input) ?? Number(wide ?? 1) / Number(high ?? 1);
  const size = { width: Math.round(SIDE * Math.min(1, ratio)), height: Math.round(SIDE / Math.max(1, ratio)) };
  return {
    events: [],
    duration: shortenedDuration(run),
    async makeFiles() {
      const drawing = drawVector({ model, seed, prompt: promptOf(input), ...size });
      return [{ name: "output.svg", type: "image/svg+xml", bytes: Buffer.from(drawing) }];
    },
    toOutput: ([path]) => path,
    metrics: { image_count: 1 },
    ...flagged(run),
  };
}
