import { fillGallery } from "../support/seed";
import { expect, test } from "./support/fixtures";
import { expectImagesLoaded } from "./support/studio";

const pageLength = 40;

test("older images load automatically near the end of the list", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, pageLength + 3);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("img", { name: /^Print/ }).first()).toBeVisible();
  await page.getByRole("img", { name: `Print ${pageLength}`, exact: true }).scrollIntoViewIfNeeded();
  await expectImagesLoaded(page, `Print ${pageLength + 3}`, 1);
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(pageLength + 3);
  await expect(page.getByRole("link", { name: "Show older" })).toBeHidden();
});

test(
  "the search runs while the user types, and Back restores the previous list",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    await fillGallery(stack, user, 12);
    await page.goto("/dashboard/gallery");
    const search = page.getByRole("searchbox", { name: "Search prompts" });
    const prints = page.getByRole("img", { name: /^Print/ });
    await search.pressSequentially("print 12");
    await expect(page).toHaveURL("/dashboard/gallery?q=print+12");
    await expectImagesLoaded(page, "Print 12", 1);
    await expect(prints).toHaveCount(1);
    await expect(search).toBeFocused();

    await search.fill("daguerreotype");
    await expect(page.getByRole("heading", { name: "No images match “daguerreotype”" })).toBeVisible();
    await expect(search).toBeFocused();
    await page.goBack();
    await expect(page).toHaveURL("/dashboard/gallery");
    await expect(prints).toHaveCount(12);
    await expect(search).toHaveValue("");
    await page.goForward();
    await page.getByRole("link", { name: "Show all images" }).click();
    await expect(prints).toHaveCount(12);
  },
);

test("the gallery filters by favorites and model", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, 3);
  await page.goto("/dashboard/gallery?favorites=1");
  await expect(page.getByRole("heading", { name: "No favorites yet" })).toBeVisible();
  await page.getByRole("link", { name: "Show all images" }).click();
  await page.getByRole("link", { name: "Print 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Favorite" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Favorite", pressed: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Favorites" }).click();
  await expect(page).toHaveURL("/dashboard/gallery?favorites=1");
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(1);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByRole("combobox", { name: "Model" }).selectOption("Stable Diffusion XL");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL("/dashboard/gallery?favorites=1&model=stability-ai%2Fsdxl&from=&to=");
  await expect(page.getByRole("img", { name: "Print 2" })).toHaveCount(1);
});

test(
  "several images can be downloaded as one archive, deleted and restored",
  { tag: "@layout" },
  async ({ page, user, stack }) => {
    await fillGallery(stack, user, 6);
    await page.goto("/dashboard/gallery");
    const prints = page.getByRole("img", { name: /^Print/ });
    // `force` is needed because the checkbox is visible only on hover or focus, except on touch screens.
    await page.getByRole("checkbox", { name: "Select: Print 1" }).check({ force: true });
    await page.getByRole("checkbox", { name: "Select: Print 3" }).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("region", { name: "Selection" });
    await expect(bar).toContainText("3 selected");
    const download = page.waitForEvent("download");
    await bar.getByRole("link", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toMatch(/^\w+-[\d-]{10}\.zip$/);
    expect(await (await download).failure()).toBeNull();

    await bar.getByRole("button", { name: "Delete" }).click();
    await expect(prints).toHaveCount(3);
    await expect(bar).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(prints).toHaveCount(6);

    await page.getByRole("checkbox", { name: "Select: Print 2" }).check({ force: true });
    await bar.getByRole("button", { name: "Select all 6" }).click();
    await expect(bar).toContainText("6 selected");
    await page.keyboard.press("Escape");
    await expect(bar).toBeHidden();
    await page.reload();
    await expect(prints).toHaveCount(6);
  },
);

test("an image can be downloaded", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, 1);
  await page.goto("/dashboard/gallery");
  await page.getByRole("link", { name: "Print 1" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/^print-1-[\da-f]{8}\.png$/);
});
