import { join } from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";

/** The maximum size of a screenshot (bytes), so that it loads quickly over a slow connection. */
const maxBytes = 150_000;
/** How long to wait for images (ms). The wait is limited, because lazy images may never load. */
const imageTimeout = 1500;
const qualities = [88, 80, 72, 64, 56, 48, 40];

/** Returns a function that saves a WebP screenshot of the window after its images have loaded. */
export function createCamera(folder: string) {
  return async (page: Page, name: string) => {
    await page.evaluate(waitForImages, imageTimeout);
    const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
    const path = join(folder, `${name}.webp`);
    for (const quality of qualities) {
      const { size } = await sharp(shot).webp({ quality, effort: 6, smartSubsample: true }).toFile(path);
      if (size > maxBytes) continue;
      console.log(`${path}  ${Math.round(size / 1000)} KB, quality ${quality}`);
      return;
    }
    throw new Error(`${name} does not fit into ${maxBytes} bytes.`);
  };
}

/** Runs in the page: waits for the fonts and for the images in the window. */
async function waitForImages(limit: number) {
  await document.fonts.ready;
  const inView = [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return top < window.innerHeight && bottom > 0;
  });
  const decoded = Promise.all(inView.map((image) => image.decode().catch(() => {})));
  await Promise.race([decoded, new Promise((done) => setTimeout(done, limit))]);
}
