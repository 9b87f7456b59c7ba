import { setFaults } from "../support/api";
import { expect, test as base } from "./support/fixtures";
import { startStack, type Stack } from "../support/stack";
import { expectImagesLoaded, createStudio } from "./support/studio";

// A separate stack, because this file stops and restarts it.
const test = base.extend<object, { stack: Stack }>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
    async ({}, provide) => {
      const stack = await startStack();
      await provide(stack);
      await stack.stop();
    },
    { scope: "worker" },
  ],
});

// The page sends requests while the app is stopped. The console reports that they failed.
test.use({ expectedComplaints: [/ERR_CONNECTION|ERR_SOCKET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE/] });

const before = "An owl in a barn";
const during = "A badger at the gate [slow]";

test(
  "all data is there after the app and the services were killed and restarted",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.images(2).check();
    await studio.ask(before);
    await studio.saved(before);
    await studio.images(1).check();
    await studio.ask(during);
    await expect(studio.card(during).getByText(/^Generating/)).toBeVisible();

    await stack.killApp("SIGKILL");
    await stack.killServices("SIGKILL");
    await expect(page.getByText("Reconnecting…")).toBeVisible();
    await stack.restartServices();
    await stack.restartApp();

    await test.step("the open page continues by itself", async () => {
      await expect(page.getByText("Reconnecting…")).toBeHidden({ timeout: 20_000 });
      await setFaults(stack, { clock: 50 });
      await studio.saved(during);
    });

    await test.step("the images load, and the user is still signed in", async () => {
      await page.goto("/dashboard/gallery");
      await expectImagesLoaded(page, before, 2);
      await expectImagesLoaded(page, during, 1);
    });

    await test.step("signing in again works", async () => {
      await page.context().clearCookies();
      await page.goto("/login?next=/dashboard/gallery");
      await page.getByLabel("E-mail").fill(user.email);
      await page.getByLabel("Password").fill(user.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page).toHaveURL("/dashboard/gallery");
      await expectImagesLoaded(page, before, 2);
    });
  },
);
