export { removeBackground } from "./background.ts";
export { drawPicture } from "./draw.ts";
export type { Picture } from "./picture.ts";
export { restoreFaces } from "./restore.ts";
export { upscale } from "./upscale.ts";
