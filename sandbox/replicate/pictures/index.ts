export { removeBackground } from "./background.ts";
export { combinePictures } from "./combine.ts";
export { drawPicture } from "./draw.ts";
export type { Format } from "./format.ts";
export type { Picture } from "./picture.ts";
export { restoreFaces } from "./restore.ts";
export { upscale } from "./upscale.ts";
