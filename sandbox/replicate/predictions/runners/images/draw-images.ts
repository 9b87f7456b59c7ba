import { hasWord } from "../../../faults/magic-words.ts";
import type { DrawRequest } from "../../../painter/scenes/scene.ts";
import { runTask } from "../../../worker-threads/pool.ts";
import type { NewFile } from "../plan.ts";

export const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

/** The size in px of every drawn image with the magic word `[4k]`. */
const SIZE_4K = { width: 4096, height: 2304 };

/** Returns the size in px of a result: `size`, or 4K if the prompt has the magic word `[4k]`. */
export function finalSize(request: { prompt: string }, size: { width: number; height: number }) {
  return hasWord(request, "[4k]") ? SIZE_4K : size;
}

/** Draws the images of one run. As with the real models, their names are `out-0.png`, `out-1.png` and so on. */
export function drawImages(request: Omit<DrawRequest, "index">, count: number): Promise<NewFile[]> {
  const size = finalSize(request, request);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `out-${index}.${request.format}`,
      type: TYPES[request.format],
      bytes: await runTask({ kind: "draw", request: { ...request, ...size, index } }),
    })),
  );
}
