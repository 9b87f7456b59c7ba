export { removeBackground } from "./background.ts";
export { drawPicture, type Picture } from "./draw.ts";
export { restoreFaces } from "./restore.ts";
export { upscale } from "./upscale.ts";
