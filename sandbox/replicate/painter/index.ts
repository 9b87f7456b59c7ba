export { removeBackground } from "./background.ts";
export { combinePaintings } from "./combine.ts";
export { drawPainting } from "./draw.ts";
export type { Format } from "./format.ts";
export type { Painting } from "./painting.ts";
export { restoreFaces } from "./restore.ts";
export { upscale } from "./upscale.ts";
