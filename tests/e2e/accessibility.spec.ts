import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { createStudio } from "./support/studio";

// A colour that is just fading in has no contrast to speak of.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce" }));

for (const [name, path] of [
  ["landing page", "/"],
  ["sign-in", "/login"],
  ["sign-up", "/login?with=account"],
  ["sign-in by e-mail", "/login?with=link&problem=link"],
] as const) {
  test(`the ${name} is accessible`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}

test("a refused sign-in and a sent letter are accessible", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill("nobody@darkroom.test");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail or password is wrong")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/login?with=link");
  await page.getByLabel("E-mail").fill("somebody@darkroom.test");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await expectAccessible(page);
});

test.describe("a page that is not there", () => {
  test.use({ expectedComplaints: [/status of 404/] });

  test("is accessible", async ({ page }) => {
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expectAccessible(page);
  });

  test("is accessible where there is no such model, and the studio stays around it", async ({ page, user: _user }) => {
    await page.goto("/dashboard/generate?model=no/such");
    await expect(page.getByText("The address is wrong, or Replicate has no such model.")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Studio" })).toBeVisible();
    await expectAccessible(page);
  });
});

test("an empty studio is accessible on every page, its settings and the account menu too", async ({
  page,
  user: _user,
}) => {
  await page.goto("/dashboard/generate");
  await page.getByText("More settings").click();
  await expectAccessible(page);
  for (const place of ["Gallery", "Models", "History"]) {
    await page.goto(`/dashboard/${place.toLowerCase()}`);
    await expect(page.getByRole("heading", { name: place, exact: true })).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectAccessible(page);
});

test("a feed with all that can become of an image is accessible, and so is its history", async ({
  page,
  user: _user,
}) => {
  const studio = createStudio(page);
  await studio.open();
  await studio.ask("A plain one");
  await studio.saved("A plain one");
  await studio.ask("A stopped one [nsfw]");
  await expect(studio.card("A stopped one [nsfw]").getByRole("button", { name: "Run again" })).toBeVisible();
  await studio.ask("A long one [slow]");
  await expect(studio.card("A long one [slow]").getByText(/^Developing/)).toBeVisible();
  await expectAccessible(page);
  await page.goto("/dashboard/history");
  await page.getByText("As a table").click();
  await expectAccessible(page);
});

test("a full gallery and its viewer are accessible", async ({ page, user, stack }) => {
  await fillGallery(stack, user, 42);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("img", { name: "Print 1", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Print 2", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Image" })).toBeVisible();
  await expectAccessible(page);
});

/** In both themes: axe finds nothing, nothing sticks out at the side, and every target is large enough for a finger. */
async function expectAccessible(page: Page) {
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
  await expectNoViolations(new AxeBuilder({ page }));
  // The themes differ in nothing else.
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  await expectNoViolations(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]));

  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await expectNothingSticksOut(page);
  if (width >= 640) return;
  expect(await page.evaluate(smallTargets)).toEqual([]);
  for (const narrow of [360, 344, 320]) {
    await page.setViewportSize({ width: narrow, height });
    await expectNothingSticksOut(page);
    expect(await page.evaluate(cutTexts)).toEqual([]);
    expect(await page.evaluate(smallTargets)).toEqual([]);
  }
  await page.setViewportSize({ width, height });
}

async function expectNoViolations(axe: AxeBuilder) {
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

async function expectNothingSticksOut(page: Page) {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBe(0);
}

/** The words and controls that reach out of the window, but for lists that scroll, and those of which an ellipsis leaves next to nothing. */
function cutTexts() {
  const scope = document.querySelector("dialog:modal") ?? document;
  return [...scope.querySelectorAll("a, button, label, p, h1, h2, dd, th, summary, legend")].flatMap((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    const isShown = width > 1 && element.checkVisibility() && !element.closest("[aria-hidden]");
    const scrolls = (box: Element | null): boolean =>
      box !== null && (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX) || scrolls(box.parentElement));
    const isOut = left < -1 || right > document.documentElement.clientWidth + 1;
    const isSwallowed = element.scrollWidth > element.clientWidth && element.clientWidth < 60;
    const isEllipsis = isSwallowed && getComputedStyle(element).textOverflow === "ellipsis";
    return isShown && ((isOut && !scrolls(element.parentElement)) || isEllipsis) ? [element.outerHTML] : [];
  });
}

/** The controls, but for links inside a text, that are less than 40 px wide or high. */
function smallTargets() {
  const scope = document.querySelector("dialog:modal") ?? document;
  return [...scope.querySelectorAll("a, button, input, select, textarea, summary")].flatMap((control) => {
    const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
    const isHidden = width <= 1 || height <= 1 || control.closest("[aria-hidden]") || !control.checkVisibility();
    const isInText = getComputedStyle(control).display === "inline";
    return isHidden || isInText || (width >= 40 && height >= 40) ? [] : [`${width} × ${height}: ${control.outerHTML}`];
  });
}
