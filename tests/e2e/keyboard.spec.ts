import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { createUser } from "../support/users";
import { createStudio } from "./support/studio";

const announcements = (page: Page) => page.getByRole("status");

test("the whole journey, from sign-in to sign-out, works with the keyboard alone", async ({ page, stack }) => {
  const { email, password } = await createUser(stack);
  const studio = createStudio(page);
  await page.goto("/login");
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/generate");

  await test.step("a skip link leads past the navigation", async () => {
    await page.reload();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(studio.composer.getByLabel("Model")).toBeFocused();
  });

  await test.step("Ctrl+Enter submits the prompt, and each step is announced", async () => {
    await tabTo(page, studio.setting("Steps"));
    await page.keyboard.type("20");
    await tabTo(page, studio.prompt, "Shift+Tab");
    await page.keyboard.type("A stair of light");
    await page.keyboard.press("Control+Enter");
    await expect(announcements(page)).toContainText("Sent");
    await expect(announcements(page)).toContainText("Generating");
    await expect(announcements(page)).toContainText("Saved", { timeout: 20_000 });
    await expect(studio.prompt).toBeFocused();
  });

  await test.step("the viewer holds the focus while it is open, then returns it", async () => {
    const image = studio.card("A stair of light").getByRole("link", { name: "A stair of light" });
    const viewer = page.getByRole("dialog", { name: "Image" });
    await tabTo(page, image);
    await page.keyboard.press("Enter");
    await expect(viewer).toBeVisible();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("Tab");
      // After the last control of the dialog, Tab moves the focus to the browser's own controls. Then `body` is active, which
      // `isInDialog` accepts.
      expect(await page.evaluate(isInDialog)).toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect(viewer).toBeHidden();
    await expect(image).toBeFocused();
  });

  await test.step("the account menu opens, closes and signs out", async () => {
    const account = page.getByRole("button", { name: "Account" });
    await tabTo(page, account, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
    await expect(account).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(page.getByRole("button", { name: "Sign out" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/");
  });
});

test(
  "canceling, and editing after an announced failure, work with the keyboard alone",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.prompt.focus();
    await page.keyboard.type("A quarry [slow]");
    await page.keyboard.press("Control+Enter");
    await tabTo(page, studio.card("A quarry [slow]").getByRole("button", { name: "Cancel" }));
    await page.keyboard.press("Enter");
    await expect(announcements(page)).toContainText("Canceled before it finished");

    await studio.prompt.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("A mirror [nsfw]");
    await page.keyboard.press("Control+Enter");
    await expect(announcements(page)).toContainText("The model's safety check stopped this result");
    await tabTo(page, studio.card("A mirror [nsfw]").getByRole("button", { name: "Edit settings" }));
    await page.keyboard.press("Enter");
    await expect(studio.prompt).toBeFocused();
  },
);

test("a queued prediction is announced", { tag: "@full" }, async ({ page, user: _user }) => {
  const studio = createStudio(page);
  await studio.open();
  await studio.ask("A queue at the kiosk [429]");
  await expect(announcements(page)).toContainText("Queued");
  await expect(announcements(page)).toContainText("Saved", { timeout: 20_000 });
});

/** Presses Tab until the control has the focus. Each focused control on the way must have a visible outline. */
async function tabTo(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab") {
  const isThere = () => control.evaluate((element) => element === document.activeElement);
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press(key);
    expect(await page.evaluate(describeFocus)).toBe("shown");
    if (await isThere()) return;
  }
  throw new Error(`${String(control)} cannot be reached with ${key}.`);
}

function isInDialog() {
  return document.activeElement === document.body || Boolean(document.activeElement?.closest("dialog"));
}

/** Returns "shown" if the focused element, or the label around it, has a visible outline. */
function describeFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return "shown";
  const isShown = [element, element.closest("label")].some(
    (node) => node && getComputedStyle(node).outlineStyle !== "none" && getComputedStyle(node).opacity !== "0",
  );
  return isShown ? "shown" : element.outerHTML;
}
