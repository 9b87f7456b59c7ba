import type { Browser, Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { createApi } from "../support/api";
import { makeSavedImage } from "../support/saved-image";
import { readMail } from "../support/sql";
import { connect, signIn, type User } from "../support/users";
import { expectNoViolations } from "./support/axe";
import { createCookies, expect, test } from "./support/fixtures";

const password = "another horse battery";

/** Signs the user in again, in another browser. */
async function openOtherBrowser(browser: Browser, stack: { env: Record<string, string>; appUrl: string }, user: User) {
  const other = await signIn(stack, user.email, user.password);
  const context = await browser.newContext({ baseURL: stack.appUrl });
  await context.addCookies(createCookies(other, stack.appUrl));
  const page = await context.newPage();
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("heading", { name: "Gallery" })).toBeVisible();
  return { other, page };
}

async function openAccount(page: Page, section: string) {
  await page.goto(`/dashboard/account#${section}`);
  return page.getByRole("region", { name: section, exact: true });
}

test("a password is changed, and the old one does not work any more", async ({ page, user, stack }) => {
  await page.goto("/dashboard/account#password");
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText("Saved. All other browsers were signed out.")).toBeVisible();
  const { error } = await connect(stack).auth.signInWithPassword({ email: user.email, password: user.password });
  expect(error?.code).toBe("invalid_credentials");
  await signIn(stack, user.email, password);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText(/different from the old|new password|other password/i).last()).toBeVisible();
});

/** Asks for another e-mail address on the account page. */
async function changeEmail(page: Page, email: string) {
  await page.goto("/dashboard/account#email");
  await page.getByLabel("New e-mail address").fill(email);
  await page.getByRole("button", { name: "Change e-mail" }).click();
}

test("a change of the e-mail address says which letters to open, and waits for them", async ({ page, user }) => {
  const email = `next-${user.email}`;
  await changeEmail(page, email);
  await expect(page.getByText(`Open the links in the e-mails to ${user.email} and ${email}.`)).toBeVisible();
  await expect(page.getByText(`Waiting for confirmation of ${email}.`)).toBeVisible();
  await expectNoViolations(page);
});

test(
  "an e-mail address is changed after both letters are confirmed",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const email = `new-${user.email}`;
    await changeEmail(page, email);
    await expect(page.getByText(`Waiting for confirmation of ${email}.`)).toBeVisible();
    for (const address of [user.email, email]) {
      await page.goto((await readMail(stack, address)).link ?? "");
      await page.getByRole("main").getByRole("button").first().click();
      await expect(page.getByText(/addresses is confirmed|is changed/).first()).toBeVisible();
    }
    await signIn(stack, email, user.password);
    await page.goto("/dashboard/account");
    await expect(page.getByText(`Your address is now ${email}`)).toBeVisible();
  },
);

test("another browser is signed out from the list, and then all browsers at once", async ({ page, user, stack }) => {
  const other = await signIn(stack, user.email, user.password);
  const sessions = await openAccount(page, "Sessions");
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await sessions.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  const { error } = await connect(stack).auth.getUser(other.accessToken);
  expect(error).not.toBeNull();

  // The first browser is still signed in. It is signed out only by "Sign out everywhere".
  await page.reload();
  await sessions.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/login");
});

test(
  "the page, the API and the files of another browser are closed after it was signed out",
  { tag: "@full" },
  async ({ page, user, stack, browser }) => {
    const { image } = await makeSavedImage(createApi(stack, user), "seen in two browsers");
    const { other, page: otherPage } = await openOtherBrowser(browser, stack, user);
    const read = (path: string) =>
      fetch(new URL(path, stack.appUrl), { headers: other.cookie }).then(({ status }) => status);
    expect(await read(image.url)).toBe(200);

    const sessions = await openAccount(page, "Sessions");
    await sessions.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(sessions.getByRole("listitem")).toHaveCount(1);
    const start = performance.now();
    await expect
      .poll(() => Promise.all(["/api/usage", image.url].map(read)), { timeout: 20_000, intervals: [200] })
      .toEqual([401, 404]);
    expect(performance.now() - start).toBeLessThan(6_000);
    await otherPage.reload();
    await expect(otherPage).toHaveURL(/\/login/);
    await otherPage.context().close();
  },
);

test("an authenticator app is set up, asked for at the next sign-in, and removed", async ({ page, user }) => {
  await page.goto("/dashboard/account#authenticator");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await expectNoViolations(page);
  const secret = (await page.locator("code").textContent()) ?? "";
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.locator("#authenticator [role=alert]")).toBeVisible();
  await page.getByLabel("Code").fill(new TOTP({ secret }).generate());
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText(/^On since/)).toBeVisible();

  await page.getByRole("button", { name: "Account", exact: true }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/login?next=/dashboard/account");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Code").fill(new TOTP({ secret }).generate());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/dashboard/account");
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(/^On since/)).toBeHidden();
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
});
