import { createCookies, expect, test, watchForReload } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";

test("a window updates to the new account when another user signs in", async ({ page, context, user, stack }) => {
  const other = await createUser(stack);
  await fillGallery(stack, user, 3);
  await fillGallery(stack, other, 5);
  await page.goto("/dashboard/gallery");
  const prints = page.getByRole("list", { name: "Images" }).getByRole("img");
  await expect(prints).toHaveCount(3);
  await page.waitForFunction(() => localStorage.getItem("user"));
  const expectSame = await watchForReload(page);

  await context.addCookies(createCookies(other, stack.appUrl));
  const theirs = await context.newPage();
  await theirs.goto("/dashboard/generate");
  await expect(prints).toHaveCount(5);
  await expectSame();
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByText(other.email)).toBeVisible();
});
