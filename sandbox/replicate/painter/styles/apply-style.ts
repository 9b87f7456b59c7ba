import type { Canvas } from "../canvas/canvas.ts";
import type { Print } from "./finish.ts";
import { ink } from "./ink.ts";
import { oil } from "./oil.ts";
import { lineArt, pixelArt, poster } from "./prints.ts";
import type { Scene } from "../scenes/scene.ts";
import { watercolor } from "./watercolor.ts";

type Finish = Omit<Print, "offset">;

const FILM: Finish = { grain: 0.02, vignette: 0.3, contrast: 0.35 };
const PAPER: Finish = { grain: 0.008, vignette: 0.06, contrast: 0.1 };

/** How the image is made, from the prompt's style words; without any, a photograph with a touch of the model's hand. */
export function applyStyle(canvas: Canvas, scene: Scene, model: string): { canvas: Canvas; finish: Finish } {
  switch (scene.brief.style) {
    case "watercolor":
      return { canvas: watercolor(canvas, scene), finish: PAPER };
    case "ink":
      return { canvas: ink(canvas, scene), finish: PAPER };
    case "oil":
      return { canvas: oil(canvas, scene, 0.016, 0.95), finish: { ...PAPER, contrast: 0.3 } };
    case "poster":
      return { canvas: poster(canvas, scene), finish: PAPER };
    case "pixel":
      return { canvas: pixelArt(canvas, scene), finish: { grain: 0.006, vignette: 0, contrast: 0.2 } };
    case "line":
      return { canvas: lineArt(canvas, scene), finish: PAPER };
    case "minimal":
      return { canvas, finish: { ...FILM, vignette: 0.1, contrast: 0.15 } };
    case "photo":
      if (/sdxl|stable-diffusion/.test(model)) return { canvas: oil(canvas, scene, 0.0055, 0.6), finish: FILM };
      if (/schnell|turbo|lightning/.test(model))
        return { canvas, finish: { grain: 0.011, vignette: 0.18, contrast: 0.62 } };
      return { canvas, finish: FILM };
  }
}
