import { expect, type Locator, type Page } from "@playwright/test";

/** Returns the controls of the page Generate, and functions that use them. */
export function createStudio(page: Page) {
  const composer = page.getByRole("region", { name: "Prompt and settings" });
  const feed = page.getByRole("region", { name: "Results" });
  const prompt = composer.getByRole("textbox", { name: "Prompt", exact: true });
  const generate = composer.getByRole("button", { name: "Generate" });
  const setting = (name: string) => composer.getByRole("spinbutton", { name, exact: true });

  const card = (name: string) => feed.getByRole("article", { name, exact: true });

  return {
    composer,
    feed,
    prompt,
    generate,
    setting,
    images: (count: 1 | 2 | 3 | 4) => composer.getByRole("radio", { name: String(count), exact: true }),
    cards: feed.getByRole("article"),
    card,
    /** Opens the page and fills in settings for small images, which are generated quickly. */
    async open() {
      await page.goto("/dashboard/generate");
      await composer.getByText("More settings").click();
      await setting("Width").fill("256");
      await setting("Height").fill("256");
      await setting("Steps").fill("5");
    },
    async ask(words: string) {
      await prompt.fill(words);
      await generate.click();
    },
    /** Waits until the newest card of this prompt says that its images are saved. */
    async saved(words: string) {
      await expect(card(words).first().getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });
    },
  };
}

/**
 * Advances the page's clock by 15 s, the time between two refreshes, again and again until `seen` does not throw. Call
 * `page.clock.install` before.
 */
export async function passRefreshInterval(page: Page, seen: () => Promise<void>) {
  await expect(async () => {
    await page.clock.fastForward(15_000);
    await seen();
  }).toPass({ timeout: 20_000 });
}

/** Waits until each image has loaded. Scrolls to each image, because lazy images load only when they come into view. */
export async function expectImagesLoaded(page: Page | Locator, name: string, count: number) {
  const images = page.getByRole("img", { name, exact: true });
  await expect(images).toHaveCount(count);
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  }
}
