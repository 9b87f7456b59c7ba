import type { Page } from "@playwright/test";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { createApi } from "../support/api";
import { MEDIA_FILES } from "../support/media-files";
import { fillGallery } from "../support/seed";
import { createStudio } from "./support/studio";

// This turns off animations. During a fade-in, axe would measure too little contrast.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce" }));

for (const [name, path] of [
  ["landing page", "/"],
  ["sign-in", "/login"],
  ["sign-up", "/login?with=account"],
  ["sign-in by e-mail", "/login?with=link&problem=otp_expired"],
] as const) {
  test(`the ${name} is accessible`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}

test("a refused sign-in and a sent e-mail link are accessible", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill("wrong@darkroom.test");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail or password is wrong")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/login?with=link");
  await page.getByLabel("E-mail").fill("user@darkroom.test");
  await page.getByRole("button", { name: "Send me an e-mail" }).click();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await expectAccessible(page);
});

test.describe("a missing page", () => {
  test.use({ expectedComplaints: [/status of 404/] });

  test("is accessible", async ({ page }) => {
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expect(page.getByText("There is no page at this address.")).toBeVisible();
    await expectAccessible(page);
  });

  test("is accessible for an unknown model, inside the studio", async ({ page, user: _user }) => {
    await page.goto("/dashboard/generate?model=no/such");
    await expect(page.getByText("This model does not exist on Replicate, or it is not available here.")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Studio" })).toBeVisible();
    await expectAccessible(page);
  });
});

test("every page of an empty studio is accessible, including the settings and the account menu", async ({
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

test("a feed and a history with saved, failed and running predictions are accessible", async ({
  page,
  user: _user,
}) => {
  const studio = createStudio(page);
  await studio.open();
  await studio.ask("A saved one");
  await studio.saved("A saved one");
  await studio.ask("A rejected one [nsfw]");
  await expect(studio.card("A rejected one [nsfw]").getByRole("button", { name: "Run again" })).toBeVisible();
  await studio.ask("A long one [slow]");
  await expect(studio.card("A long one [slow]").getByText(/^Generating/)).toBeVisible();
  await expectAccessible(page);
  await page.goto("/dashboard/history");
  await page.getByText("Show as a table").click();
  await expectAccessible(page);
});

test("a full gallery and its viewer are accessible", async ({ page, user, stack }) => {
  await fillGallery(stack, user, 12);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("img", { name: "Print 1", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Print 2", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Image" })).toBeVisible();
  await expectAccessible(page);
});

test("the list of uploads is accessible, empty and full", async ({ page, user, stack }) => {
  await page.goto("/dashboard/gallery/uploads");
  await expect(page.getByRole("heading", { name: "No uploads" })).toBeVisible();
  await expectAccessible(page);
  const api = createApi(stack, user);
  for (const [name, { make }] of Object.entries(MEDIA_FILES).slice(0, 12)) {
    await api.ask(`/api/uploads?name=${encodeURIComponent(name)}`, {
      method: "POST",
      body: new Uint8Array(await make()),
    });
  }
  await page.reload();
  await expect(page.getByRole("list", { name: "Uploads" }).getByRole("listitem")).toHaveCount(12);
  await expectAccessible(page);
});

/**
 * Expects that axe finds no violations in both themes, that nothing overflows sideways, and that touch targets on phones are
 * large enough.
 */
async function expectAccessible(page: Page) {
  // After a navigation without a reload, the page gets its title last. So the page is complete when it has a title.
  await expect(page).toHaveTitle(/./);
  await expectNoViolations(page, true);

  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await expectNoOverflow(page);
  if (width >= 640) return;
  expect(await page.evaluate(findSmallTargets)).toEqual([]);
  for (const narrow of [360, 344, 320]) {
    await page.setViewportSize({ width: narrow, height });
    await expectNoOverflow(page);
    expect(await page.evaluate(findCutTexts)).toEqual([]);
    expect(await page.evaluate(findSmallTargets)).toEqual([]);
  }
  await page.setViewportSize({ width, height });
}

async function expectNoOverflow(page: Page) {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBe(0);
}

/**
 * Lists texts and controls that are outside the window, except in scrolling boxes, and texts that an ellipsis cuts to less
 * than 60 px.
 */
function findCutTexts() {
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

/** Lists the controls that are less than 40 px wide or high, except links inside a text. */
function findSmallTargets() {
  const scope = document.querySelector("dialog:modal") ?? document;
  return [...scope.querySelectorAll("a, button, input, select, textarea, summary")].flatMap((control) => {
    const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
    const isHidden = width <= 1 || height <= 1 || control.closest("[aria-hidden]") || !control.checkVisibility();
    const isInText = getComputedStyle(control).display === "inline";
    return isHidden || isInText || (width >= 40 && height >= 40) ? [] : [`${width} × ${height}: ${control.outerHTML}`];
  });
}
