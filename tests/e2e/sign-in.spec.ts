import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { createUser } from "../support/users";

async function fillSignIn(page: Page, email: string, password: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
}

const signInButton = (page: Page) => page.getByRole("button", { name: "Sign in", exact: true });

async function signOut(page: Page) {
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
}

test("the demo account is one click away from the start page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open the studio" }).click();
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await expect(page).toHaveURL("/dashboard/generate");
  await expect(page.getByRole("textbox", { name: "Prompt", exact: true })).toBeEditable();
});

test("sign-in leads back to the requested page", { tag: "@full" }, async ({ page, stack }) => {
  const { email, password } = await createUser(stack);
  const paths = [
    "/dashboard/history?status=failed",
    "/dashboard/models?q=flux",
    "/dashboard/models/black-forest-labs/flux-schnell",
    "/dashboard/generate?model=black-forest-labs%2Fflux-schnell",
  ];
  for (const path of paths) {
    await page.context().clearCookies();
    await page.goto(path);
    await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
    await fillSignIn(page, email, password);
    await signInButton(page).click();
    await expect(page).toHaveURL(path);
  }
});

test("sign-in never leads to another site", { tag: "@full" }, async ({ page, stack }) => {
  const { email, password } = await createUser(stack);
  await page.goto("/login?next=//elsewhere.example/dashboard");
  await fillSignIn(page, email, password);
  await signInButton(page).click();
  await expect(page).toHaveURL("/dashboard/generate");
});

test(
  "a wrong password shows a message, and the e-mail address stays in the form",
  { tag: "@full" },
  async ({ page, stack }) => {
    const { email, password } = await createUser(stack);
    await page.goto("/login");
    await fillSignIn(page, email, "not the password");
    await signInButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong" })).toBeFocused();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await page.getByLabel("Password").fill(password);
    await signInButton(page).click();
    await expect(page).toHaveURL("/dashboard/generate");
  },
);

test("a new account is signed in at once, and can sign in again after signing out", async ({ page }, { project }) => {
  const email = `newcomer-${project.name}@darkroom.test`;
  await page.goto("/login");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await fillSignIn(page, email, "a quiet red light");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/dashboard/generate");

  await signOut(page);
  await page.getByRole("link", { name: "Sign in" }).click();
  await fillSignIn(page, email, "a quiet red light");
  await signInButton(page).click();
  await expect(page).toHaveURL("/dashboard/generate");
});

test("after signing out, Back shows nothing private", async ({ page, user }) => {
  await page.goto("/dashboard/history");
  await page.getByRole("link", { name: "Gallery" }).click();
  await expect(page.getByRole("heading", { name: "Gallery" })).toBeVisible();
  await signOut(page);
  await page.goBack();
  await expect(page).toHaveURL("/login?next=%2Fdashboard%2Fgallery");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "History" })).toBeHidden();
  await expect(page.getByText(user.email)).toHaveCount(0);
});
