import type { Format } from "./format.ts";

export type Painting = {
  model: string;
  prompt: string;
  negativePrompt?: string;
  seed: number;
  /** px, 64..2048 */
  width: number;
  /** px, 64..2048 */
  height: number;
  format: Format;
  /** 0..100, for jpg and webp */
  quality?: number;
  /** Which of several images of one prediction. */
  index?: number;
};
