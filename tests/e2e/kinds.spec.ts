import type { Locator } from "@playwright/test";
import { createApi } from "../support/api";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { createStudio, expectImagesLoaded } from "./support/studio";

const small = { width: 256, height: 256, num_inference_steps: 5 };

/** Plays from a position that has not been loaded yet, so that the browser must request a part of the file. */
async function expectSeeks(player: Locator) {
  await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.duration)).toBeGreaterThan(0.5);
  const at = await player.evaluate((media: HTMLMediaElement) => {
    media.muted = true;
    media.currentTime = media.duration / 2;
    return media.currentTime;
  });
  await player.evaluate((media: HTMLMediaElement) => media.play());
  await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.currentTime)).toBeGreaterThan(at);
}

test("a video plays in the feed, the viewer and on its public page, and its poster fills its tile", async ({
  page,
  user,
  stack,
  browser,
}) => {
  const api = createApi(stack, user);
  const words = "A fox runs [as webm]";
  await api.saved((await api.create({ ...small, prompt: words })).id);

  const poster = page.waitForResponse((response) => response.url().endsWith("/poster"));
  await page.goto("/dashboard/generate");
  const video = createStudio(page).card(words).locator("video");
  await expect(video).toBeVisible();
  expect((await poster).ok()).toBe(true);
  await page.reload();
  await expectSeeks(video);

  await page.goto("/dashboard/gallery");
  await expectImagesLoaded(page, words, 1);
  await expectNoViolations(page);
  await page.getByRole("link", { name: words }).click();
  const viewer = page.getByRole("dialog", { name: "Video" });
  await expectSeeks(viewer.locator("video"));
  await expectNoViolations(page);
  await page.keyboard.press("Space");
  await expect.poll(() => viewer.locator("video").evaluate((media: HTMLVideoElement) => media.paused)).toBe(true);

  await viewer.getByRole("button", { name: "Share" }).click();
  const link = viewer.getByRole("link", { name: "Open the public page" });
  const url = new URL((await link.getAttribute("href")) ?? "", stack.appUrl).href;
  const visitor = await browser.newContext();
  const shared = await visitor.newPage();
  await shared.goto(url);
  await expect(shared.getByText("Shared video")).toBeVisible();
  await expectSeeks(shared.locator("video"));
  await visitor.close();
});

test("a sound plays below its waveform", async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  const words = "Rain on a roof [as wav]";
  await api.saved((await api.create({ ...small, prompt: words })).id);
  await page.goto("/dashboard/generate");
  const card = createStudio(page).card(words);
  await expectSeeks(card.locator("audio"));
  // The waveform is drawn when it comes into view. On a phone, it is below the form.
  await card.locator("audio").scrollIntoViewIfNeeded();
  const heights = async () => new Set((await card.locator("svg > path").first().getAttribute("d"))?.match(/v[\d.]+/g));
  await expect.poll(async () => (await heights()).size).toBeGreaterThan(1);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("link", { name: /^Rain on a roof.*, sound, 0:0\d$/ })).toBeVisible();
});

test("a drawing is shown as an image", { tag: "@full" }, async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  const words = "A red fox as a drawing";
  await api.saved((await api.create({ prompt: words }, { model: "recraft-ai/recraft-v4-svg" })).id);
  await page.goto("/dashboard/gallery");
  await expectImagesLoaded(page, words, 1);
  await page.getByRole("link", { name: words }).click();
  const viewer = page.getByRole("dialog", { name: "Image" });
  await expectImagesLoaded(viewer, words, 1);
  await expect(viewer.getByText("SVG", { exact: true })).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Vary" })).toBeHidden();
});

test("a text is shown, copied and kept", { tag: "@full" }, async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  const words = "Say something about foxes";
  const { output } = await api.saved(
    (await api.create({ prompt: words }, { model: "meta/meta-llama-3-8b-instruct" })).id,
  );
  const text = (output as string[]).join("");
  await page.goto("/dashboard/generate");
  await expect(createStudio(page).card(words)).toContainText(text.slice(0, 40));
  await page.goto("/dashboard/history");
  const row = page.getByRole("list", { name: "Runs" }).getByRole("listitem").filter({ hasText: words });
  await expect(row).toContainText(text.slice(0, 40));
  await expect(row).toContainText("Saved");
  await expect(row.getByRole("button", { name: "Copy text" })).toBeVisible();
  await expectNoViolations(page);
});

test("an archive is a tile that can be downloaded", { tag: "@full" }, async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  const words = "All of it [as zip]";
  await api.saved((await api.create({ ...small, prompt: words })).id);
  await page.goto("/dashboard/gallery");
  await page.getByRole("link", { name: /^All of it.*, file, ?ZIP$/ }).click();
  const viewer = page.getByRole("dialog", { name: "File" });
  const download = page.waitForEvent("download");
  await viewer.getByRole("link", { name: "Download" }).first().click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await expectNoViolations(page);
});

test("an image of 4096 pixels is kept whole", { tag: "@full" }, async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  const words = "A wide valley [4k]";
  await api.saved((await api.create({ ...small, prompt: words })).id);
  await page.goto("/dashboard/gallery");
  await page.getByRole("link", { name: words }).click();
  const image = page.getByRole("dialog", { name: "Image" }).getByRole("img", { name: words });
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(4096);
});
