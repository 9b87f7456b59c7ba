import type { Page } from "@playwright/test";
import { readNewestMail } from "../support/mails";
import { startOpenIdProvider } from "../support/open-id-provider";
import { startStack, type Stack } from "../support/stack";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";

// Tests the sign-in with the settings of a public site: with confirmations, with a CAPTCHA, and with an account of another
// service.

const SCRIPT = "https://challenges.cloudflare.com/**";
/**
 * A replacement for the script of the CAPTCHA provider. It acts as if the user always passed the check. Each token works only
 * once, so the script gives the page a new token after each reset.
 */
const PASSING = `globalThis.turnstile = {
  render(place, { sitekey, callback }) {
    const solve = () => setTimeout(() => callback("solved"));
    place.textContent = "Checked " + sitekey;
    this.reset = solve;
    solve();
    return "widget";
  },
  remove() {},
};`;

let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;
let hosted: Stack;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(120_000);
  provider = await startOpenIdProvider();
  hosted = await startStack({
    env: {
      SANDBOX_CONFIRM: "1",
      SANDBOX_OAUTH_ISSUER: provider.issuer,
      SANDBOX_CAPTCHA_TOKEN: "solved",
      AUTH_PROVIDERS: "google,github",
      CAPTCHA_SITE_KEY: "site-key",
    },
  });
});
test.afterAll(async () => {
  await hosted?.stop();
  await provider?.stop();
});

const open = (page: Page, path: string) => page.goto(`${hosted.appUrl}${path}`);
const pass = (page: Page) =>
  page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body: PASSING }));
const captcha = (page: Page) => page.locator("form", { has: page.getByLabel("E-mail") }).getByText("Checked site-key");

test("a new account passes the check, confirms its address with the code, and is signed in", async ({ page }, {
  project,
}) => {
  const email = `hosted-${project.name}@darkroom.test`;
  await pass(page);
  await open(page, "/login?with=account&next=/dashboard/gallery");
  await expect(captcha(page)).toBeVisible();
  await expectNoViolations(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a quiet red light");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await page.getByLabel("Code").fill((await readNewestMail(hosted, email)).code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${hosted.appUrl}/dashboard/gallery`);
});

test("a wrong password needs a new check, which the next attempt gets", async ({ page }, { project }) => {
  await pass(page);
  // The content security policy of the start page does not allow the CAPTCHA's script, and still applies after a click on the
  // link to the sign-in page. So the sign-in page must reload itself.
  await open(page, "/");
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(captcha(page)).toBeVisible();
  await page.getByLabel("E-mail").fill(`hosted-${project.name}@darkroom.test`);
  for (const password of ["wrong", "a quiet red light"]) {
    await page.getByLabel("Password").fill(password);
    await expect(page.locator("form", { has: page.getByLabel("E-mail") }).locator("[name=captcha]")).toHaveValue(
      "solved",
    );
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    if (password === "wrong") await expect(page.getByText("E-mail or password is wrong")).toBeVisible();
  }
  await expect(page).toHaveURL(`${hosted.appUrl}/dashboard/generate`);
});

test.describe("without the check", () => {
  test.use({ expectedComplaints: [/net::ERR_FAILED/] });

  test("the form says that it did not load, and the sign-in is refused", async ({ page }) => {
    await page.route(SCRIPT, (route) => route.abort());
    await open(page, "/login");
    await expect(page.getByText("The check that you are not a robot did not load.").first()).toBeVisible();
    await page.getByLabel("E-mail").fill("fox@darkroom.test");
    await page.getByLabel("Password").fill("a quiet red light");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("The check that you are not a robot has failed.")).toBeVisible();
  });
});

test("another service signs in and leads to the next page", async ({ page }, { project }) => {
  const email = `google-${project.name}@darkroom.test`;
  provider.signInAs({ sub: email, email, email_verified: true });
  await pass(page);
  await open(page, "/login?next=/dashboard/gallery");
  await page.getByRole("link", { name: "Continue with Google" }).click();
  await expect(page).toHaveURL(`${hosted.appUrl}/dashboard/gallery`);
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByText(email)).toBeVisible();
});

test("a user who says no at the other service can choose another way", { tag: "@full" }, async ({ page }) => {
  provider.signInAs(null);
  await pass(page);
  await open(page, "/login");
  await page.getByRole("link", { name: "Continue with GitHub" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "You did not allow the service to sign you in here." }),
  ).toBeVisible();
});
