import pLimit from "p-limit";
import { drawPicture } from "../pictures/index.ts";
import type { MadeFile } from "./plan.ts";

/** Drawing shares the machine with the app that waits for it: never more than two pictures at a time. */
export const atMostTwo = pLimit(2);

const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" } as const;

type Order = Omit<Parameters<typeof drawPicture>[0], "index">;

/** The pictures of one run, named as the models name them: `out-0.png`, `out-1.png`. */
export function drawPictures(order: Order, count: number): Promise<MadeFile[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      atMostTwo(async () => ({
        name: `out-${index}.${order.format}`,
        type: TYPES[order.format],
        bytes: await drawPicture({ ...order, index }),
      })),
    ),
  );
}
