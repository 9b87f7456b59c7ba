import type { Painting } from "../painter/index.ts";
import { assignTask } from "../studio/assign.ts";
import type { MadeFile } from "./plan.ts";

export const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/** The images of one run, named as the models name them: `out-0.png`, `out-1.png`. */
export function drawPaintings(order: Omit<Painting, "index">, count: number): Promise<MadeFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `out-${index}.${order.format}`,
      type: TYPES[order.format],
      bytes: await assignTask({ kind: "draw", painting: { ...order, index } }),
    })),
  );
}
