import { fillGallery } from "../support/seed";
import { expect, test } from "../support/page";
import { expectLoaded } from "../support/studio";

const pageLength = 40;

test("older pictures come by themselves when the end is near", async ({ page, user, stack }) => {
  await fillGallery(stack, user, pageLength + 3);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("img", { name: /^Print/ }).first()).toBeVisible();
  await page.getByRole("img", { name: `Print ${pageLength}`, exact: true }).scrollIntoViewIfNeeded();
  await expectLoaded(page, `Print ${pageLength + 3}`, 1);
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(pageLength + 3);
  await expect(page.getByRole("link", { name: "Older" })).toBeHidden();
});

test("a search shows the pictures whose prompt has the words, and stands in the address", async ({
  page,
  user,
  stack,
}) => {
  await fillGallery(stack, user, 12);
  await page.goto("/dashboard/gallery");
  await page.getByRole("searchbox", { name: "Search prompts" }).fill("print 12");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/gallery?q=print+12");
  await expectLoaded(page, "Print 12", 1);
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(1);

  await page.getByRole("searchbox", { name: "Search prompts" }).fill("daguerreotype");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { name: "No prompt has these words" })).toBeVisible();
  await page.getByRole("link", { name: "Show all pictures" }).click();
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(12);
});

test("a picture can be downloaded whole", async ({ page, user, stack }) => {
  await fillGallery(stack, user, 1);
  await page.goto("/dashboard/gallery");
  await page.getByRole("link", { name: "Print 1" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/^print-1-[\da-f]{8}\.png$/);
});
