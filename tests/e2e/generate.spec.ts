import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { expectImagesLoaded, createStudio } from "./support/studio";

const heron = "A heron in the reeds at dawn";
const fox = "A fox in the snow [slow]";

test("four images go from the click to the gallery and the history", { tag: "@layout" }, async ({ page, user }) => {
  const studio = createStudio(page);
  await studio.open();

  await test.step("a card appears before the server answers", async () => {
    const release = await holdSubmits(page);
    await studio.images(4).check();
    await studio.ask(heron);
    await expect(studio.card(heron).getByText("Sending")).toBeVisible();
    await expect(studio.card(heron).getByText(/^[1-9]\d*\.\d s$/)).toBeVisible();
    release();
  });

  await test.step("a second prediction is queued and canceled", async () => {
    await studio.ask(fox);
    await expect(studio.card(fox).getByText(/^(Queued|Starting up|Generating)/)).toBeVisible();
    await studio.card(fox).getByRole("button", { name: "Cancel" }).click();
    await expect(studio.card(fox).getByText("Canceled before it finished")).toBeVisible();
  });

  await test.step("all four images are saved and shown", async () => {
    await studio.saved(heron);
    await expectImagesLoaded(studio.card(heron), heron, 4);
  });

  await test.step("the gallery shows all four, also after a reload", async () => {
    await page.getByRole("link", { name: "Gallery" }).click();
    await expect(page.getByRole("heading", { name: "Gallery" })).toBeVisible();
    await expectImagesLoaded(page, heron, 4);
    await page.reload();
    await expectImagesLoaded(page, heron, 4);
  });

  await test.step("the history shows both predictions", async () => {
    await page.getByRole("link", { name: "History" }).click();
    const rows = page.getByRole("main").getByRole("listitem");
    await expect(rows.filter({ hasText: heron })).toContainText("Saved");
    await expect(rows.filter({ hasText: fox })).toContainText("Canceled");
    await expect(rows).toHaveCount(2);
    await page.getByRole("button", { name: "Account" }).click();
    await expect(page.getByText(user.email)).toBeVisible();
  });
});

test(
  "the viewer moves between images, closes in three ways and returns the focus",
  { tag: "@layout" },
  async ({ page, user: _user, isMobile }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.images(2).check();
    await studio.ask(heron);
    await studio.saved(heron);

    await page.goto("/dashboard/gallery");
    const tiles = page.getByRole("link", { name: heron });
    const [first, second] = [tiles.first(), tiles.last()];
    const viewer = page.getByRole("dialog", { name: "Image" });
    const shown = viewer.getByRole("img");

    await first.click();
    await expect(shown).toHaveAttribute("src", await readHref(first));
    await expect(viewer.getByText("256 × 256")).toBeVisible();
    if (isMobile) await swipe(shown, -200);
    else await page.keyboard.press("ArrowRight");
    await expect(shown).toHaveAttribute("src", await readHref(second));
    if (isMobile) await swipe(shown, 200);
    else await page.keyboard.press("ArrowLeft");
    await expect(shown).toHaveAttribute("src", await readHref(first));
    await viewer.getByRole("button", { name: "Next image" }).click();
    await expect(shown).toHaveAttribute("src", await readHref(second));
    await viewer.getByRole("button", { name: "Previous image" }).click();
    await expect(shown).toHaveAttribute("src", await readHref(first));

    await page.keyboard.press("Escape");
    await expect(viewer).toBeHidden();
    await expect(first).toBeFocused();

    await second.click();
    await viewer.getByRole("button", { name: "Close" }).click();
    await expect(viewer).toBeHidden();
    await expect(second).toBeFocused();

    await second.click();
    await expect(viewer).toBeVisible();
    await page.goBack();
    await expect(viewer).toBeHidden();
    await expect(second).toBeFocused();
    await expect(page).toHaveURL("/dashboard/gallery");
  },
);

test(
  "Use these settings of a saved image makes another one with a new seed",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.setting("Seed").fill("7");
    await studio.ask(heron);
    await studio.saved(heron);

    await page.goto("/dashboard/gallery");
    await page.getByRole("link", { name: heron }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Use these settings" }).click();
    await expect(studio.prompt).toHaveValue(heron);
    await expect(studio.setting("Steps")).toHaveValue("5");
    await expect(studio.setting("Seed")).toHaveValue("");
    await studio.generate.click();
    await expect(studio.card(heron)).toHaveCount(2);
    await studio.saved(heron);
  },
);

/** Delays all requests that start predictions, until the returned function is called. */
async function holdSubmits(page: Page) {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("/api/replicate", async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

async function readHref(link: Locator) {
  return (await link.getAttribute("href")) ?? "";
}

/** Swipes sideways over an element, by this number of px. */
function swipe(element: Locator, by: number) {
  return element.evaluate((target, distance) => {
    const finger = (clientX: number) => new Touch({ identifier: 1, target, clientX, clientY: 300 });
    const send = (type: string, touches: Touch[], changedTouches: Touch[]) =>
      target.dispatchEvent(new TouchEvent(type, { bubbles: true, touches, changedTouches }));
    send("touchstart", [finger(200)], [finger(200)]);
    send("touchend", [], [finger(200 + distance)]);
  }, by);
}
