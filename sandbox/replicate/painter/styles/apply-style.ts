import type { Canvas } from "../canvas/canvas.ts";
import type { Scene } from "../scenes/scene.ts";
import type { FinishOptions } from "./finish.ts";
import { drawInk } from "./ink.ts";
import { drawOil } from "./oil.ts";
import { drawLineArt, drawPixelArt, drawPoster } from "./prints.ts";
import { drawWatercolor } from "./watercolor.ts";

type Finish = Omit<FinishOptions, "offset">;

const FILM: Finish = { grain: 0.02, vignette: 0.3, contrast: 0.35 };
const PAPER: Finish = { grain: 0.008, vignette: 0.06, contrast: 0.1 };

/**
 * Redraws the canvas in the style that the prompt names. Without a style, the image looks like a photograph. For some models, for
 * example SDXL, this photograph looks a little different.
 */
export function applyStyle(canvas: Canvas, scene: Scene, model: string): { canvas: Canvas; finish: Finish } {
  switch (scene.brief.style) {
    case "watercolor":
      return { canvas: drawWatercolor(canvas, scene), finish: PAPER };
    case "ink":
      return { canvas: drawInk(canvas, scene), finish: PAPER };
    case "oil":
      return { canvas: drawOil(canvas, scene, 0.016, 0.95), finish: { ...PAPER, contrast: 0.3 } };
    case "poster":
      return { canvas: drawPoster(canvas, scene), finish: PAPER };
    case "pixel":
      return { canvas: drawPixelArt(canvas, scene), finish: { grain: 0.006, vignette: 0, contrast: 0.2 } };
    case "line":
      return { canvas: drawLineArt(canvas, scene), finish: PAPER };
    case "minimal":
      return { canvas, finish: { ...FILM, vignette: 0.1, contrast: 0.15 } };
    case "photo":
      if (/sdxl|stable-diffusion/.test(model)) return { canvas: drawOil(canvas, scene, 0.0055, 0.6), finish: FILM };
      if (/schnell|turbo|lightning/.test(model))
        return { canvas, finish: { grain: 0.011, vignette: 0.18, contrast: 0.62 } };
      return { canvas, finish: FILM };
  }
}
