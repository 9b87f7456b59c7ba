import { listAccepted } from "../support/api";
import { expect, test } from "./support/fixtures";
import { useUpQuota } from "../support/seed";
import { expectImagesLoaded, createStudio } from "./support/studio";

test.beforeEach(async ({ page, user: _user }) => createStudio(page).open());

test("a failed card shows the reason, and Edit settings restores the settings", { tag: "@full" }, async ({ page }) => {
  const studio = createStudio(page);
  await studio.setting("Seed").fill("11");
  await studio.ask("A bridge [fail]");
  const card = studio.card("A bridge [fail]");
  await expect(card.getByText("The model ran out of memory")).toBeVisible();
  await expect(card.getByText("Choose a smaller size or fewer images.")).toBeVisible();
  await expect(card.getByRole("button", { name: "Run again" })).toBeHidden();

  await studio.prompt.fill("Something else");
  await studio.setting("Seed").fill("12");
  await card.getByRole("button", { name: "Edit settings" }).click();
  await expect(studio.prompt).toHaveValue("A bridge [fail]");
  await expect(studio.prompt).toBeFocused();
  await expect(studio.setting("Seed")).toHaveValue("11");
});

test("an image that the safety check rejects can be run again", { tag: "@full" }, async ({ page }) => {
  const studio = createStudio(page);
  await studio.ask("A statue [nsfw]");
  const cards = studio.card("A statue [nsfw]");
  await expect(cards.getByText("The model's safety check stopped this result")).toBeVisible();
  await cards.getByRole("button", { name: "Run again" }).click();
  await expect(cards).toHaveCount(2);
  await expect(cards.getByText("The model's safety check stopped this result")).toHaveCount(2);
});

test(
  "when the model returns one of two images, it is saved and the card says so",
  { tag: "@full" },
  async ({ page }) => {
    const studio = createStudio(page);
    await studio.images(2).check();
    await studio.ask("Two kites [partial]");
    const card = studio.card("Two kites [partial]");
    await expect(card.getByText("1 of 2 images arrived")).toBeVisible({ timeout: 30_000 });
    await expectImagesLoaded(card, "Two kites [partial]", 1);
  },
);

test("a rate-limited prediction shows a countdown and is saved later", { tag: "@full" }, async ({ page }) => {
  const studio = createStudio(page);
  await studio.ask("A lantern [429]");
  await expect(studio.card("A lantern [429]").getByText(/^Replicate is busy: next try in [1-9]\d* s$/)).toBeVisible();
  await studio.saved("A lantern [429]");
  await expectImagesLoaded(studio.card("A lantern [429]"), "A lantern [429]", 1);
});

test("a running prediction shows its progress", { tag: "@full" }, async ({ page }) => {
  const studio = createStudio(page);
  await studio.ask("A glacier [slow]");
  const card = studio.card("A glacier [slow]");
  await expect(card.getByText(/^Generating [1-9]\d? %$/)).toBeVisible();
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card.getByText("Canceled before it finished")).toBeVisible();
});

test.describe("when Replicate's files do not answer", () => {
  test.use({ expectedComplaints: [/status of 503/] });

  test(
    "a file that fails to download at first is shown as not saved yet, then as saved",
    { tag: "@full" },
    async ({ page }) => {
      const studio = createStudio(page);
      await studio.ask("A comet [flaky]");
      await expect(studio.card("A comet [flaky]").getByText(/^Not saved yet · safe until \d\d:\d\d$/)).toBeVisible();
      await studio.saved("A comet [flaky]");
      await expectImagesLoaded(studio.card("A comet [flaky]"), "A comet [flaky]", 1);
    },
  );
});

test.describe("when the network fails", () => {
  test.use({ expectedComplaints: [/ERR_(FAILED|INTERNET_DISCONNECTED)/] });

  test(
    "a submit whose response is lost is sent again and starts one prediction",
    { tag: "@full" },
    async ({ page, stack }, { project }) => {
      const words = `A lost answer on the ${project.name}`;
      const keys: (string | undefined)[] = [];
      await page.route("/api/replicate", async (route) => {
        keys.push(route.request().headers()["idempotency-key"]);
        if (keys.length > 1) return route.continue();
        // The first request reaches the app, but its response is lost.
        await route.fetch();
        await route.abort();
      });
      const studio = createStudio(page);
      await studio.ask(words);
      await studio.saved(words);
      await expect(studio.card(words)).toHaveCount(1);
      expect(keys).toEqual([keys[0], keys[0]]);
      expect(await listAccepted(stack, words)).toHaveLength(1);
    },
  );

  test("a card submitted offline stays and is sent when the network is back", async ({ page, context }) => {
    const studio = createStudio(page);
    await context.setOffline(true);
    await studio.ask("A message in a bottle");
    await expect(studio.card("A message in a bottle").getByText("Reconnecting…")).toBeVisible();
    await context.setOffline(false);
    await studio.saved("A message in a bottle");
    await expect(studio.cards).toHaveCount(1);
  });
});

test.describe("when the session is gone", () => {
  test.use({ expectedComplaints: [/status of 401/] });

  test("the card says so and links to sign-in and back, and the draft is still there", async ({
    page,
    context,
    user,
  }) => {
    const studio = createStudio(page);
    await context.clearCookies();
    await studio.ask("A key under the mat");
    const card = studio.card("A key under the mat");
    await expect(card.getByText("You are signed out")).toBeVisible();
    await card.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("E-mail").fill(user.email);
    await page.getByLabel("Password").fill(user.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL("/dashboard/generate?model=stability-ai/sdxl");
    await expect(studio.prompt).toHaveValue("A key under the mat");
    await studio.generate.click();
    await studio.saved("A key under the mat");
  });
});

test.describe("when the day's images are used up", () => {
  test.use({ expectedComplaints: [/status of 429/] });

  test(
    "the card says when more are available, and no prediction starts",
    { tag: "@full" },
    async ({ page, user, stack }, { project }) => {
      const words = `One too many on the ${project.name}`;
      await useUpQuota(stack, user);
      const studio = createStudio(page);
      await studio.ask(words);
      await expect(studio.card(words).getByText("Limit reached")).toBeVisible();
      await expect(studio.card(words).getByText("More are available tomorrow (UTC).")).toBeVisible();
      await expect(studio.composer.getByText(/No images left today\. The limit resets at \d\d:\d\d\.$/)).toBeVisible();
      expect(await listAccepted(stack, words)).toHaveLength(0);
    },
  );
});
