import type { Page } from "@playwright/test";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { expectImagesLoaded } from "./support/studio";

// The app responds with 404 for the share page of an image that is private again.
test.use({ expectedComplaints: [/status of 404/] });

const viewer = (page: Page) => page.getByRole("dialog", { name: "Image" });

async function openFirst(page: Page) {
  await page.goto("/dashboard/gallery");
  await page.getByRole("link", { name: "Print 1", exact: true }).click();
  return viewer(page);
}

test("a shared image is visible to visitors until it is private again", async ({ page, user, stack, browser }) => {
  await fillGallery(stack, user, 2);
  const dialog = await openFirst(page);
  await dialog.getByRole("button", { name: "Share" }).click();
  const link = dialog.getByRole("link", { name: "Open the public page" });
  const url = new URL((await link.getAttribute("href")) ?? "", stack.appUrl).href;

  const visitor = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const shared = await visitor.newPage();
  await shared.goto(url);
  await expect(shared.getByRole("heading", { name: "Print 1" })).toBeVisible();
  await expectImagesLoaded(shared, "Print 1", 1);
  expect(await shared.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await expectNoViolations(shared);
  const download = shared.waitForEvent("download");
  await shared.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/^[\da-f-]{36}\.png$/);

  await dialog.getByRole("button", { name: "Make private" }).click();
  await expect(dialog.getByRole("button", { name: "Share" })).toBeVisible();
  expect((await shared.goto(url))?.status()).toBe(404);
  await expect(shared.getByRole("heading", { name: "Nothing is shared here" })).toBeVisible();
  await visitor.close();
});

test("a deleted image can be restored with Undo", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, 2);
  await (await openFirst(page)).getByRole("button", { name: "Delete" }).click();
  await expect(viewer(page)).toBeHidden();
  await expect(page.getByRole("img", { name: "Print 1", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expectImagesLoaded(page, "Print 1", 1);
  await expect(viewer(page)).toBeHidden();
  await page.reload();
  await expectImagesLoaded(page, "Print 1", 1);
});

test("a favorite mark is saved", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, 1);
  const favorite = async () => (await openFirst(page)).getByRole("button", { name: "Favorite" });
  await (await favorite()).click();
  await expect(viewer(page).getByRole("button", { name: "Favorite", pressed: true })).toBeVisible();
  await expect(await favorite()).toHaveAttribute("aria-pressed", "true");
});
