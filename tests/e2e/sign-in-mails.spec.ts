import type { Page } from "@playwright/test";
import { readNewestMail } from "../support/mails";
import { createUser } from "../support/users";
import { expectNoViolations } from "./support/axe";
import { createCookies, expect, test } from "./support/fixtures";

type Services = Parameters<typeof readNewestMail>[0];

const checkMail = (page: Page) => page.getByRole("status").filter({ hasText: "Check your e-mail" });
const signInButton = (page: Page) => page.getByRole("button", { name: "Sign in", exact: true });

/** Requests an e-mail, and returns it when it has arrived. */
async function request(page: Page, stack: Services, email: string, way = "link") {
  await page.goto(`/login?with=${way}&next=/dashboard/gallery`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me an e-mail" }).click();
  await expect(checkMail(page)).toBeFocused();
  return readNewestMail(stack, email);
}

test("the code of an e-mail signs in, by keyboard, and a wrong one says so at the field", async ({ page, stack }) => {
  const { email } = await createUser(stack);
  const { code } = await request(page, stack, email);
  await page.getByLabel("Code").fill("000 000");
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Code");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toBeFocused();
  await expect(page.getByText("This code or link is wrong")).toBeVisible();
  await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/gallery");
});

test("an e-mailed link signs in once", { tag: "@full" }, async ({ page, stack }) => {
  const { email } = await createUser(stack);
  const { link } = await request(page, stack, email);
  await page.goto(link);
  await signInButton(page).click();
  await expect(page).toHaveURL("/dashboard/gallery");
  await page.goto(link);
  await expectNoViolations(page);
  await page.getByRole("link", { name: `Stay signed in as ${email}` }).click();
  await expect(page).toHaveURL("/dashboard/gallery");
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in with this link" }).click();
  await expect(page.getByRole("heading", { name: "This link did not work" })).toBeVisible();
  await expect(page.getByRole("link", { name: `Continue as ${email}` })).toBeVisible();
});

test(
  "on another device, a link says where it comes from, and signs in after a click",
  { tag: "@full" },
  async ({ page, stack, browser }) => {
    const { email } = await createUser(stack);
    const { link } = await request(page, stack, email);
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await phone.goto(link);
    await expect(phone.getByText("You or another person requested this link in another browser.")).toBeVisible();
    await expectNoViolations(phone);
    await phone.getByRole("button", { name: "Sign in with this browser" }).click();
    await expect(phone).toHaveURL(/\/dashboard\/generate/);
    await phone.context().close();
  },
);

test("a forgotten password is replaced by a new one", async ({ page, stack }) => {
  const { email } = await createUser(stack);
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  const { code } = await request(page, stack, email, "recover");
  await page.getByLabel("Code").fill(code);
  await signInButton(page).click();
  await expect(page.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  await expectNoViolations(page);
  await page.getByLabel("Password").fill("a quiet red light");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page).toHaveURL("/dashboard/gallery");

  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a quiet red light");
  await signInButton(page).click();
  await expect(page).toHaveURL("/dashboard/generate");
});

test("the button that sends the e-mail again counts down", { tag: "@full" }, async ({ page, stack }) => {
  await page.clock.install();
  const { email } = await createUser(stack);
  await request(page, stack, email);
  const button = page.getByRole("button", { name: /^Send the e-mail again/ });
  await expect(button).toHaveText(/^Send the e-mail again in \d+ s$/);
  await page.clock.runFor(61_000);
  await expect(button).toHaveText("Send the e-mail again");
  // Only the page's clock was moved on. For the server, no minute has passed, so it sends no second e-mail.
  await button.click();
  await expect(page.getByText("An e-mail was already sent to")).toBeVisible();
});

test("a user whose sign-in is old confirms it, and goes on", { tag: "@full" }, async ({ page, stack }) => {
  const user = await createUser(stack);
  await page.context().addCookies(createCookies(user, stack.appUrl));
  await page.goto("/login/again?next=/dashboard/gallery&problem=account_mismatch");
  await expect(page.getByText("This browser is already signed in to another account.")).toBeVisible();
  await expectNoViolations(page);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/dashboard/gallery");
});

for (const [width, details] of [
  [390, {}],
  [1280, { tag: "@full" }],
] as const) {
  test(
    `at ${width} px, nothing moves when a message appears, and axe finds nothing`,
    details,
    async ({ page, stack }) => {
      await page.setViewportSize({ width, height: 844 });
      const { email } = await createUser(stack);
      await page.goto("/login");
      await expectNoViolations(page);
      const button = signInButton(page);
      const before = await button.boundingBox();
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill("wrong");
      await button.click();
      await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();
      expect(await button.boundingBox()).toEqual(before);
      await request(page, stack, email);
      await expectNoViolations(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    },
  );
}
