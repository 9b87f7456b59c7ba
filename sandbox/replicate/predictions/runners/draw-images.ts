import type { DrawRequest } from "../../painter/scenes/scene.ts";
import { runTask } from "../../worker-threads/pool.ts";
import type { NewFile } from "./plan.ts";

export const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/** Draws the images of one run. They have the same names as at the real models: `out-0.png`, `out-1.png`. */
export function drawImages(request: Omit<DrawRequest, "index">, count: number): Promise<NewFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `out-${index}.${request.format}`,
      type: TYPES[request.format],
      bytes: await runTask({ kind: "draw", request: { ...request, index } }),
    })),
  );
}
