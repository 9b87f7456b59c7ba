import type { DrawRequest } from "../../painter/scenes/scene.ts";
import { runTask } from "../../worker-threads/pool.ts";
import type { NewFile } from "./plan.ts";

export const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/** The images of one run, named as the models name them: `out-0.png`, `out-1.png`. */
export function drawImages(order: Omit<DrawRequest, "index">, count: number): Promise<NewFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `out-${index}.${order.format}`,
      type: TYPES[order.format],
      bytes: await runTask({ kind: "draw", request: { ...order, index } }),
    })),
  );
}
