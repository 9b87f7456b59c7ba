import { join } from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";

/** Small enough to be read over a slow line (bytes). */
const largest = 150_000;
/** For images that are still on their way (ms); those of a lazy list may never come. */
const patience = 1500;
const qualities = [88, 80, 72, 64, 56, 48, 40];

/** Takes what stands in the window once all its images are there, and writes it as WebP. */
export function cameraOf(folder: string) {
  return async (page: Page, name: string) => {
    await page.evaluate(settle, patience);
    const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
    const path = join(folder, `${name}.webp`);
    for (const quality of qualities) {
      const { size } = await sharp(shot).webp({ quality, effort: 6, smartSubsample: true }).toFile(path);
      if (size > largest) continue;
      console.log(`${path}  ${Math.round(size / 1000)} KB, quality ${quality}`);
      return;
    }
    throw new Error(`${name} does not fit into ${largest} bytes.`);
  };
}

/** Runs in the page: waits for the fonts and for the images in the window. */
async function settle(limit: number) {
  await document.fonts.ready;
  const inView = [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return top < window.innerHeight && bottom > 0;
  });
  const decoded = Promise.all(inView.map((image) => image.decode().catch(() => {})));
  await Promise.race([decoded, new Promise((done) => setTimeout(done, limit))]);
}
