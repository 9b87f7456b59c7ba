import type { Page } from "@playwright/test";
import { createApi } from "../support/api";
import { expect, test } from "./support/fixtures";
import { createStudio } from "./support/studio";
import type { Stack } from "../support/stack";
import type { User } from "../support/users";

/** Makes an image of a fox, and from it a larger one. `image` is the input of the second run. */
async function makeUpscaledFox(stack: Pick<Stack, "appUrl">, user: User) {
  const api = createApi(stack, user);
  const small = { prompt: "A red fox", width: 256, height: 256, num_inference_steps: 5 };
  const fox = await api.saved((await api.create(small)).id);
  const image = { image: fox.images[0]?.url ?? "", scale: 2 };
  const large = await api.saved((await api.create(image, { model: "nightmareai/real-esrgan" })).id);
  return { fox, image, large };
}

/** Goes from the history to Generate, and opens the upscaled image of its feed. */
async function openUpscaledInFeed(page: Page) {
  await page.goto("/dashboard/history");
  await page.getByRole("link", { name: "Generate", exact: true }).click();
  const feed = page.getByRole("region", { name: "Results" });
  await feed.getByRole("img", { name: "Upscaled from “A red fox”" }).click();
}

/** Uses the settings of the open image, which closes it, and goes back to the feed and to the history. */
async function useSettingsAndGoBack(page: Page) {
  const viewer = page.getByRole("dialog", { name: "Image" });
  await viewer.getByRole("button", { name: "Use these settings" }).click();
  await expect(page).toHaveURL(/\/dashboard\/generate\?model=nightmareai(\/|%2F)real-esrgan/);
  await expect(viewer).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL("/dashboard/generate");
  await page.goBack();
  await expect(page).toHaveURL("/dashboard/history");
}

test(
  "an upscaled image links to its source, and both can be compared",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const { fox, image } = await makeUpscaledFox(stack, user);

    await page.goto("/dashboard/gallery");
    await page.getByRole("link", { name: "Upscaled from “A red fox”" }).click();
    const viewer = page.getByRole("dialog", { name: "Image" });
    await viewer.getByRole("button", { name: "Compare before and after" }).click();
    const slider = viewer.getByRole("slider", { name: "Before and after" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveAttribute("aria-valuetext", "51 % before, 49 % after");
    await expect(viewer.getByRole("img", { name: "Before: A red fox" })).toBeVisible();
    const place = await viewer.getByRole("img", { name: "After: Upscaled from “A red fox”" }).boundingBox();
    if (!place) throw new Error("The image is not visible.");
    await page.mouse.click(place.x + place.width / 4, place.y + place.height / 2);
    await expect(slider).toHaveAttribute("aria-valuetext", "25 % before, 75 % after");

    await viewer
      .getByRole("region", { name: "Generated from", exact: true })
      .getByRole("link", { name: "A red fox" })
      .click();
    await expect(viewer.getByRole("img", { name: "A red fox", exact: true })).toBeVisible();
    await expect(viewer.getByRole("region", { name: "Generated from this file" }).getByRole("link")).toHaveCount(1);
    await expect(page).toHaveURL(`/dashboard/gallery?image=${fox.images[0]?.id}`);
    await viewer.getByRole("button", { name: "Favorite" }).click();
    await expect(viewer.getByRole("button", { name: "Favorite", pressed: true })).toBeVisible();

    await test.step("from the gallery, Use these settings fills the form of the image's model", async () => {
      await page.goto("/dashboard/gallery");
      await page.getByRole("link", { name: "Upscaled from “A red fox”" }).click();
      await viewer.getByRole("link", { name: "Use these settings" }).click();
      const { composer } = createStudio(page);
      await expect(composer.getByRole("combobox", { name: "Model", exact: true })).toHaveValue(
        /^nightmareai\/real-esrgan/,
      );
      const source = composer.getByRole("group", { name: /image/i }).getByRole("radio", { checked: true });
      await expect(source).toHaveValue(image.image);
    });

    await test.step("in the feed, Back after Use these settings returns to the feed", async () => {
      await openUpscaledInFeed(page);
      await useSettingsAndGoBack(page);
    });
  },
);

test(
  "images opened by lineage have URLs in the feed, and Back after Use these settings returns to the feed",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const { fox, large } = await makeUpscaledFox(stack, user);

    await openUpscaledInFeed(page);
    const viewer = page.getByRole("dialog", { name: "Image" });
    await expect(page).toHaveURL(`/dashboard/generate?image=${large.id}%2F0`);
    await viewer
      .getByRole("region", { name: "Generated from", exact: true })
      .getByRole("link", { name: "A red fox" })
      .click();
    await expect(page).toHaveURL(`/dashboard/generate?image=${fox.id}%2F0`);
    await page.reload();
    await viewer.getByRole("region", { name: "Generated from this file" }).getByRole("link").click();
    await expect(page).toHaveURL(`/dashboard/generate?image=${large.id}%2F0`);

    await useSettingsAndGoBack(page);
  },
);
