import { expect, test } from "../support/page";

test("a visitor walks from the landing page into the studio with the demo account", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open the studio" }).click();
  await page.getByRole("button", { name: "Use the demo account" }).click();
  await expect(page).toHaveURL("/dashboard/generate");
  await expect(page.getByRole("textbox", { name: "Prompt", exact: true })).toBeEditable();
});
