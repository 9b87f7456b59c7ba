import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { createStudio } from "./support/studio";

const heron = "a grey heron in the reeds";

const viewerOn = (page: Page) => page.getByRole("dialog", { name: "Image" });

test(
  "in the feed an image can be marked, shared, deleted and restored",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.images(2).check({ force: true });
    await studio.ask(heron);
    await studio.saved(heron);
    const prints = studio.card(heron).getByRole("img", { name: heron });
    await expect(prints).toHaveCount(2);

    const viewer = viewerOn(page);
    await prints.first().click();
    await viewer.getByRole("button", { name: "Favorite" }).click();
    await expect(viewer.getByRole("button", { name: "Favorite", pressed: true })).toBeVisible();
    await viewer.getByRole("button", { name: "Share" }).click();
    await expect(viewer.getByRole("link", { name: "Open the public page" })).toBeVisible();
    await page.reload();
    await expect(viewer.getByRole("button", { name: "Favorite", pressed: true })).toBeVisible();
    await expect(viewer.getByRole("link", { name: "Open the public page" })).toBeVisible();

    await viewer.getByRole("button", { name: "Delete" }).scrollIntoViewIfNeeded();
    await expect(viewer.getByRole("button", { name: "Close", exact: true })).toBeInViewport();
    await viewer.getByRole("button", { name: "Delete" }).click();
    await expect(viewer).toBeHidden();
    await expect(prints).toHaveCount(1);
    await page.reload();
    await expect(prints).toHaveCount(1);
    await expect(viewer).toBeHidden();

    await prints.first().click();
    await viewer.getByRole("button", { name: "Delete" }).click();
    await expect(studio.cards).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(prints).toHaveCount(1);
    await page.reload();
    await expect(prints).toHaveCount(1);
  },
);

test(
  "the URL names the open image, for Back, a reload and another device",
  { tag: "@full" },
  async ({ page, user, stack, browser }) => {
    await fillGallery(stack, user, 41);
    await page.goto("/dashboard/gallery");
    const viewer = viewerOn(page);
    // Print 41 is on the second page, which is loaded when print 40 comes into view.
    await page.getByRole("img", { name: "Print 40", exact: true }).scrollIntoViewIfNeeded();
    await page.getByRole("link", { name: "Print 41", exact: true }).click();
    await expect(page).toHaveURL(/\/dashboard\/gallery\?image=[\da-f-]{36}$/);
    const address = page.url();

    await page.reload();
    await expect(viewer.getByRole("img", { name: "Print 41", exact: true })).toBeVisible();
    await page.goBack();
    await expect(viewer).toBeHidden();
    await expect(page).toHaveURL("/dashboard/gallery");
    await page.goForward();
    await expect(viewer.getByRole("img", { name: "Print 41", exact: true })).toBeVisible();
    // If the viewer is closed after a reload, it must not leave a second history entry for the same page.
    await page.reload();
    await viewer.getByRole("button", { name: "Close", exact: true }).click();
    await expect(viewer).toBeHidden();
    await page.goBack();
    await expect(page).toHaveURL("about:blank");
    await page.goForward();
    await expect(page).toHaveURL("/dashboard/gallery");
    await page.goForward();
    await expect(page).toHaveURL(address);

    // This context is another device, on which the user is not signed in yet.
    const device = await browser.newContext();
    const other = await device.newPage();
    await other.goto(address);
    await other.getByLabel("E-mail").fill(user.email);
    await other.getByLabel("Password").fill(user.password);
    await other.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(viewerOn(other).getByRole("img", { name: "Print 41", exact: true })).toBeVisible();
    await expect(other).toHaveURL(address);
    await viewerOn(other).getByRole("button", { name: "Delete" }).click();
    await expect(other.getByRole("button", { name: "Undo" })).toBeVisible();
    await device.close();

    await page.reload();
    await expect(page.getByRole("heading", { name: "This file was not found" })).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page).toHaveURL("/dashboard/gallery");
  },
);
