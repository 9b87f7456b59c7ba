import { readFile } from "node:fs/promises";
import { createApi } from "../support/api";
import { makeSavedImage } from "../support/saved-image";
import { sql } from "../support/sql";
import { unzip } from "../support/unzip";
import { expectNoViolations } from "./support/axe";
import { expire } from "../support/users";
import { createCookies, expect, test } from "./support/fixtures";

test(
  "the account page is accessible and fits the screen, and a name appears in the account menu",
  { tag: "@layout" },
  async ({ page, user }) => {
    await page.goto("/dashboard/generate");
    await page.getByRole("button", { name: "Account", exact: true }).click();
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Account", exact: true })).toBeVisible();
    await expect(page.getByText("This browser")).toBeVisible();
    await expectNoViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);

    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ansel");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Ansel");
    await page.getByRole("button", { name: "Account", exact: true }).click();
    await expect(page.getByText("Signed in as").getByText("Ansel")).toBeVisible();
    await expect(page.getByText("Signed in as").getByText(user.email)).toBeVisible();
  },
);

test("an API key is made, copied, used and revoked", async ({ page, user, stack, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/dashboard/account#keys");
  const keys = page.getByRole("region", { name: "API keys" });
  await keys.getByLabel("Name of the key").fill("My script");
  await keys.getByLabel("Expires").selectOption("In 30 days");
  await keys.getByLabel("Images a day").fill("25");
  await keys.getByRole("button", { name: "Make a key" }).click();
  await expect(keys.getByText("Copy your new key now. It will not be shown again.")).toBeVisible();
  await expectNoViolations(page);
  await keys.getByRole("button", { name: "Copy key" }).click();
  const key = await page.evaluate(() => navigator.clipboard.readText());
  const use = () => fetch(`${stack.appUrl}/api/v1/account`, { headers: { authorization: `Bearer ${key}` } });
  expect(await (await use()).json()).toMatchObject({ type: "user", username: user.id });

  await page.reload();
  await expect(keys.getByText("Copy your new key now.")).toBeHidden();
  const item = keys.getByRole("listitem").filter({ hasText: "My script" });
  await expect(item).toContainText(`${key.slice(0, 7)}…`);
  await expect(item).toContainText("predict, read; at most 25 images a day");
  await expect(item).toContainText(/last used in the hour from .*, valid until /);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await item.getByRole("button", { name: "Revoke" }).click();
  await expect(item).toBeHidden();
  await expect.poll(async () => (await use()).status).toBe(401);
});

test("an export is downloaded from the page", async ({ page, user, stack }) => {
  const { image } = await makeSavedImage(createApi(stack, user), "a picture to take along");
  await page.goto("/dashboard/account#data");
  await page.getByRole("button", { name: "Export everything" }).click();
  const link = page.getByRole("link", { name: "Download: 1 file" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^darkroom-[\d-]{10}\.zip$/);
  const files = await unzip(await readFile(await download.path()));
  expect(files.map(({ name }) => name)).toContainEqual(expect.stringContaining(image.id.slice(0, 18)));
});

test("an account is deleted after its address was typed, and all its doors are closed", async ({
  page,
  user,
  stack,
}) => {
  const { image } = await makeSavedImage(createApi(stack, user), "not for ever");
  await page.goto("/dashboard/account#delete");
  const address = page.getByLabel("Your e-mail address, to confirm");
  await address.fill("another@darkroom.test");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText(`Type ${user.email} to confirm`)).toBeVisible();
  await address.fill(user.email);
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(page).toHaveURL("/account-deleted");
  await expect(page.getByRole("heading", { name: "Your account is deleted" })).toBeVisible();
  await expectNoViolations(page);
  expect(await sql(stack, `select id from auth.users where id = '${user.id}'`)).toEqual([]);
  await page.goto("/dashboard/gallery");
  await expect(page).toHaveURL(/\/login/);
  const read = () => fetch(new URL(image.url, stack.appUrl), { headers: user.bearer }).then(({ status }) => status);
  await expect.poll(read).toBe(404);
});

test("a sign-in that is older than ten minutes asks for another one before anything that matters", async ({
  page,
  user,
  stack,
}) => {
  await sql(
    stack,
    `update auth.mfa_amr_claims set updated_at = now() - interval '11 minutes'
     where session_id in (select id from auth.sessions where user_id = '${user.id}')`,
  );
  // The renewed session still has the old time of the sign-in.
  const { data } = await user.supabase.auth.refreshSession({ refresh_token: user.refreshToken });
  const { access_token = "", refresh_token = "" } = data.session ?? {};
  const old = { Authorization: `Bearer ${access_token}` };
  const response = await fetch(new URL("/api/account/exports", stack.appUrl), { method: "POST", headers: old });
  expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ type: "sign_in_again" })]);

  const cookie = expire({ ...user, accessToken: access_token, refreshToken: refresh_token });
  await page.context().addCookies(createCookies({ ...user, cookie }, stack.appUrl));
  await page.goto("/dashboard/account");
  await expect(page.getByRole("button", { name: "Export everything" })).toBeHidden();
  await expect(page.getByLabel("New password")).toBeHidden();
  await page.getByRole("link", { name: "Export everything" }).click();
  await expect(page.getByRole("heading", { name: "Sign in again" })).toBeVisible();
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/dashboard/account#data");
  await expect(page.getByRole("button", { name: "Export everything" })).toBeVisible();
});
