import { expect, test, watchForReload } from "./support/fixtures";
import { createStudio } from "./support/studio";

test.describe("when the network is lost in the history", () => {
  test.use({ expectedComplaints: [/ERR_INTERNET_DISCONNECTED/] });

  test(
    "the page says so, and shows the finished prediction when the network is back",
    { tag: "@full" },
    async ({ page, context, user: _user }) => {
      const studio = createStudio(page);
      await studio.open();
      await studio.setting("Steps").fill("100");
      await studio.ask("A ferry in the fog");
      await expect(studio.card("A ferry in the fog").getByText(/^Generating [1-9]\d* %/)).toBeVisible();
      await page.getByRole("navigation", { name: "Studio" }).getByRole("link", { name: "History" }).click();
      const row = page.getByRole("list", { name: "Runs" }).getByRole("listitem").first();
      await expect(row).toContainText("Generating");
      const expectSame = await watchForReload(page);
      await context.setOffline(true);
      await expect(page.getByText(/^The connection is lost/)).toBeVisible();
      await context.setOffline(false);
      await expect(row).toContainText("Saved", { timeout: 20_000 });
      await expect(page.getByText(/^The connection is lost/)).toBeHidden();
      await expectSame();
    },
  );
});
