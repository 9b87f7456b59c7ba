import type { Page } from "@playwright/test";
import { createApi } from "../support/api";
import { createCookies, expect, test, watchForReload } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { expectImagesLoaded, passRefreshInterval, createStudio } from "./support/studio";

const looked = { timeout: 1000 };
const signedOut = /^You are signed out\./;
/** The number of steps. A run of 100 steps takes eight seconds. */
const LONG = 100;

/** Scrolls down the gallery until it has `count` images. Older images are loaded only when the end is near. */
async function scrollTo(page: Page, count: number) {
  const older = page.getByRole("link", { name: "Show older" });
  await expect(async () => {
    if ((await older.count()) > 0) await older.scrollIntoViewIfNeeded();
    await expect(page.getByRole("list", { name: "Images" }).getByRole("img")).toHaveCount(count, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

test.describe("when the network is lost", () => {
  test.use({ expectedComplaints: [/ERR_INTERNET_DISCONNECTED/] });

  test("a running image is saved and shown when the network is back", async ({ page, context, user: _user }) => {
    const words = "A ferry in the mist";
    const studio = createStudio(page);
    await studio.open();
    await studio.setting("Steps").fill(String(LONG));
    await studio.ask(words);
    await expect(studio.card(words).getByText(/^Generating [1-9]\d* %/)).toBeVisible();
    const expectSame = await watchForReload(page);
    await context.setOffline(true);
    await expect(studio.feed.getByText(/^The connection is lost\. Everything that you started/)).toBeVisible();
    await context.setOffline(false);
    await studio.saved(words);
    await expectImagesLoaded(studio.card(words), words, 1);
    await expect(studio.feed.getByText(/^The connection is lost/)).toBeHidden();
    await expectSame();
  });
});

test.describe("when the network is lost in the gallery", () => {
  test.use({ expectedComplaints: [/ERR_INTERNET_DISCONNECTED/] });

  test(
    "a search and older images load when it is back, without a page reload",
    { tag: "@full" },
    async ({ page, context, user, stack }) => {
      await fillGallery(stack, user, 45);
      await page.goto("/dashboard/gallery");
      const expectSame = await watchForReload(page);
      await context.setOffline(true);
      await page.getByRole("link", { name: "Show older" }).scrollIntoViewIfNeeded();
      await expect(page.getByText("Older images could not be loaded.")).toBeVisible();
      await context.setOffline(false);
      await scrollTo(page, 45);

      await context.setOffline(true);
      await page.getByRole("searchbox", { name: "Search prompts" }).fill("7");
      await expect(page.getByText(/^You are offline\./)).toBeVisible();
      await context.setOffline(false);
      await expect(page).toHaveURL(/q=7/);
      await expect(page.getByText(/^You are offline\./)).toBeHidden();
      await expectSame();
    },
  );
});

test.describe("when the session is lost", () => {
  test.use({ expectedComplaints: [/status of 401/] });

  test(
    "Generate says so and continues, draft included, after a sign-in in another tab",
    { tag: "@full" },
    async ({ page, context, user, stack }) => {
      const words = "A lighthouse in the rain";
      const studio = createStudio(page);
      await page.clock.install();
      await studio.open();
      await studio.setting("Steps").fill(String(LONG));
      await studio.ask(words);
      await expect(studio.card(words).getByText(/^Generating [1-9]\d* %/)).toBeVisible();
      await studio.prompt.fill("The next one");
      const expectSame = await watchForReload(page);
      await context.clearCookies();
      await passRefreshInterval(page, () => expect(studio.feed.getByText(signedOut)).toBeVisible(looked));
      await studio.generate.click();
      await expect(studio.card("The next one").getByRole("link", { name: "Sign in" })).toBeVisible();

      await context.addCookies(createCookies(user, stack.appUrl));
      await passRefreshInterval(page, () => expect(studio.feed.getByRole("status")).toBeHidden(looked));
      await studio.saved(words);
      await expect(studio.prompt).toHaveValue("The next one");
      await studio.card("The next one").getByRole("button", { name: "Run again" }).click();
      await studio.saved("The next one");
      await expectSame();
    },
  );

  test("the history says so, links to sign-in and back to the same filter, and continues", async ({
    page,
    context,
    user,
    stack,
  }) => {
    await createApi(stack, user).create({ prompt: "A lighthouse in the rain", num_inference_steps: LONG });
    await page.clock.install();
    await page.goto("/dashboard/history?model=stability-ai%2Fsdxl");
    const row = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
    await expect(row).toContainText("Generating");
    const expectSame = await watchForReload(page);
    await context.clearCookies();
    await passRefreshInterval(page, () => expect(page.getByText(signedOut)).toBeVisible(looked));
    await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toHaveAttribute(
      "href",
      "/login?next=%2Fdashboard%2Fhistory%3Fmodel%3Dstability-ai%252Fsdxl",
    );
    await context.addCookies(createCookies(user, stack.appUrl));
    await passRefreshInterval(page, () => expect(page.getByText(signedOut)).toBeHidden(looked));
    await expect(row).toContainText("Saved", { timeout: 20_000 });
    await expectSame();
  });
});

test.describe("when the session is lost in the gallery", () => {
  // The app responds with 404 for images that come into view while the user is signed out.
  test.use({ expectedComplaints: [/status of 404/] });

  test(
    "the list says so, and older images load after a sign-in in another tab",
    { tag: "@full" },
    async ({ page, context, user, stack }) => {
      await fillGallery(stack, user, 45);
      await page.goto("/dashboard/gallery");
      const prints = page.getByRole("list", { name: "Images" }).getByRole("img");
      await expect(prints.first()).toBeVisible();
      const expectSame = await watchForReload(page);
      await context.clearCookies();
      await page.getByRole("link", { name: "Show older" }).scrollIntoViewIfNeeded();
      await expect(page.getByText("Sign in to see older images.")).toBeVisible();
      // Finds an image that could not be loaded while the user was signed out.
      const lost = await page.waitForFunction(() =>
        [...document.images].find(({ complete, naturalWidth }) => complete && naturalWidth === 0),
      );
      await context.addCookies(createCookies(user, stack.appUrl));
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await scrollTo(page, 45);
      await expect.poll(() => lost.evaluate((image) => image?.naturalWidth)).toBe(96);
      await expectSame();
    },
  );

  test(
    "a search leads to sign-in and then to its results",
    { tag: "@full" },
    async ({ page, context, user, stack }) => {
      await fillGallery(stack, user, 12);
      await page.goto("/dashboard/gallery");
      await context.clearCookies();
      await page.getByRole("searchbox", { name: "Search prompts" }).fill("11");
      await expect(page).toHaveURL("/login?next=%2Fdashboard%2Fgallery%3Fq%3D11");
      await page.getByLabel("E-mail").fill(user.email);
      await page.getByLabel("Password").fill(user.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page).toHaveURL("/dashboard/gallery?q=11");
      await expect(page.getByRole("list", { name: "Images" }).getByRole("img")).toHaveCount(1);
    },
  );
});
