import { expect, test, withoutReload } from "../support/page";

test.describe("when the network is lost on the way to another page", () => {
  test.use({ expectedComplaints: [/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/] });

  test("the menu and the keys wait for it, with words, on the same page", async ({ page, context, user: _user }) => {
    const note = page.getByRole("button", { name: "Stay here" });
    await page.goto("/dashboard/gallery");
    // What holds a link is fetched after the page, and with it what notes whose page it is.
    await page.waitForFunction(() => localStorage.getItem("person"));
    const expectSame = await withoutReload(page);
    await context.setOffline(true);
    await page.getByRole("navigation", { name: "Studio" }).getByRole("link", { name: "History" }).click();
    await expect(note).toBeVisible();
    await expect(page).toHaveURL("/dashboard/gallery");
    await context.setOffline(false);
    await expect(page.getByRole("heading", { name: "History", exact: true })).toBeVisible();
    await expect(note).toBeHidden();
    await expectSame();

    await context.setOffline(true);
    await page.keyboard.press("m");
    await expect(note).toBeVisible();
    await expect(page.getByRole("heading", { name: "History", exact: true })).toBeVisible();
    await note.click();
    await context.setOffline(false);
    await page.getByRole("navigation", { name: "Studio" }).getByRole("link", { name: "Models" }).click();
    await expect(page.getByRole("heading", { name: "Models", exact: true })).toBeVisible();
    await expectSame();

    await context.setOffline(true);
    await page.keyboard.press("g");
    await expect(note).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole("heading", { name: "Gallery", exact: true })).toBeVisible();
  });
});
