import { createAdmin, readAuditLog } from "../support/admins";
import { createApi } from "../support/api";
import { fillGallery } from "../support/seed";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";
import { expectNoViolations } from "./support/axe";
import { createCookies, expect, test } from "./support/fixtures";

// The app responds with 404 for a shared page that was taken down, and with 401 to requests of a blocked user.
test.use({ expectedComplaints: [/status of 404/, /status of 401/] });

test("an administrator finds a user, sets a limit, and blocks the user", async ({ page, context, stack, browser }) => {
  const [admin, user] = [await createAdmin(stack), await createUser(stack)];
  await context.addCookies(createCookies(admin, stack.appUrl));
  const other = await browser.newContext({ baseURL: stack.appUrl });
  await other.addCookies(createCookies(user, stack.appUrl));
  const theirs = await other.newPage();

  await page.goto("/dashboard/generate");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("searchbox", { name: "Search by e-mail or id" }).fill(user.email.slice(0, 20));
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expectNoViolations(page);
  await page.getByRole("link", { name: user.email }).click();
  await page.getByLabel("Images a day").fill("3");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The limits are saved." })).toBeVisible();
  await expect(page.getByLabel("Images a day")).toHaveValue("3");
  await theirs.goto("/dashboard/generate");
  await expect(theirs.getByText(/3 images left today|of 3/).first()).toBeVisible();

  await page.getByLabel("Reason").fill("Sells accounts");
  await page.getByRole("button", { name: "Block this user" }).click();
  await expect(page.getByText("The user is blocked.")).toBeVisible();
  await expectNoViolations(page);
  await expect(async () => {
    await theirs.goto("/dashboard/gallery");
    expect(new URL(theirs.url()).pathname).toBe("/login");
  }).toPass({ timeout: 10_000 });
  await theirs.getByLabel("E-mail").fill(user.email);
  await theirs.getByLabel("Password").fill(user.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  // Supabase reports a block even if the password is wrong. So the page shows the error of a wrong password: otherwise,
  // anybody could find out who is blocked.
  await expect(theirs.getByText("E-mail or password is wrong.")).toBeVisible();
  await other.close();

  await page.getByRole("button", { name: "Unblock" }).click();
  await expect(page.getByText("The user is unblocked")).toBeVisible();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Log" }).click();
  await page.getByLabel("User").fill(user.email);
  await page.getByRole("button", { name: "Apply" }).click();
  for (const words of ["Set limits", "Sells accounts", "Unblocked"]) {
    await expect(page.getByRole("listitem").filter({ hasText: words })).toHaveCount(1);
  }
  await expectNoViolations(page);
  const actions = (await readAuditLog(stack, user.id)).map(({ action }) => action);
  expect(actions).toEqual(["set_user_limits", "block_user", "unblock_user"]);
});

test(
  "a visitor reports a shared image, and an administrator takes it down",
  { tag: "@full" },
  async ({ page, stack, browser }) => {
    const [admin, user] = [await createAdmin(stack), await createUser(stack)];
    await fillGallery(stack, user, 1);
    const images = connectAsService(stack).from("sdxl_images").select("id").eq("user_id", user.id);
    const { id } = (await images.single().throwOnError()).data as { id: string };
    const answer = await createApi(stack, user).ask(`/api/media/${id}/share`, { method: "POST" });
    const { share_url: url } = (await answer.json()) as { share_url: string };

    const visitor = await browser.newContext({ javaScriptEnabled: false });
    const shared = await visitor.newPage();
    await shared.goto(url);
    await shared.getByRole("link", { name: "Report this image" }).click();
    await shared.getByLabel("It copies my work").check();
    await shared.getByLabel("Details").fill("This is mine.");
    await shared.getByRole("button", { name: "Send report" }).click();
    await expect(shared.getByText("Your report was sent.")).toBeVisible();
    await visitor.close();

    await page.context().addCookies(createCookies(admin, stack.appUrl));
    await page.goto("/dashboard/admin/installation");
    await expect(page.getByRole("heading", { name: "Last 30 days" })).toBeVisible();
    await expectNoViolations(page);
    await page.getByRole("link", { name: "Reports" }).click();
    const card = page.getByRole("listitem").filter({ hasText: "This is mine." });
    await expect(card.getByRole("img", { name: "The reported image" })).toBeVisible();
    await expectNoViolations(page);
    await card.getByRole("button", { name: "End sharing" }).click();
    await expect(page.getByText("The file is not shared any more.")).toBeVisible();
    expect((await page.request.get(url)).status()).toBe(404);

    const theirs = await browser.newContext({ baseURL: stack.appUrl });
    await theirs.addCookies(createCookies(user, stack.appUrl));
    const gallery = await theirs.newPage();
    await gallery.goto("/dashboard/gallery");
    await gallery.getByRole("link", { name: "Print 1", exact: true }).click();
    await expect(gallery.getByText("An administrator has ended the sharing of this image.")).toBeVisible();
    await theirs.close();
  },
);

test("the state of the installation and the reports are accessible", async ({ page, context, stack }) => {
  const admin = await createAdmin(stack);
  await context.addCookies(createCookies(admin, stack.appUrl));
  const details = `Reported to ${admin.id}`;
  await sql(stack, `insert into reports (reason, reporter, details) values ('other', 'a visitor', '${details}')`);
  await page.goto("/dashboard/admin/installation");
  await expect(page.getByRole("heading", { name: "Last 30 days" })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("link", { name: "Reports" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: details })).toBeVisible();
  await expectNoViolations(page);
});

test("the form of a report, the terms and the privacy page are accessible", async ({ page }) => {
  for (const path of ["/report/unknown", "/terms", "/privacy"]) {
    await page.goto(path);
    await expectNoViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
});
