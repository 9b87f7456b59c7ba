import { expect, test } from "./support/fixtures";
import { expectImagesLoaded, createStudio } from "./support/studio";

const running = "A tram in the fog";
const letter = "A letter in a bottle";

test("after a reload the draft and its settings are there, and the running prediction continues", async ({
  page,
  user: _user,
}) => {
  const studio = createStudio(page);
  await studio.open();
  // 100 steps take eight seconds, so that the run has not ended when the page is reloaded.
  await studio.setting("Steps").fill("100");
  await studio.ask(running);
  await expect(studio.card(running).getByText(/^Generating [1-9]\d* %/)).toBeVisible();

  await studio.prompt.fill("The next one");
  await studio.setting("Seed").fill("42");
  await studio.images(3).check();
  await studio.composer.getByRole("radio", { name: "16:9", exact: true }).check();
  await page.reload();

  await expect(studio.prompt).toHaveValue("The next one");
  await expect(studio.setting("Seed")).toHaveValue("42");
  await expect(studio.setting("Steps")).toHaveValue("100");
  await expect(studio.images(3)).toBeChecked();
  await expect(studio.card(running).getByText(/^Generating [1-9]\d* %/)).toBeVisible();
  await expect(studio.card(running).getByText(/^\d{1,2}\.\d s$/)).toBeVisible();

  await studio.saved(running);
  await expectImagesLoaded(studio.card(running), running, 1);
});

test(
  "an image is saved when its tab is closed right after the submit",
  { tag: "@full" },
  async ({ page, context, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    const sent = page.waitForRequest("/api/replicate");
    await studio.ask(letter);
    await sent;
    await page.close();

    const later = await context.newPage();
    await expect(async () => {
      await later.goto("/dashboard/gallery");
      await expect(later.getByRole("img", { name: letter })).toHaveCount(1, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expectImagesLoaded(later, letter, 1);
  },
);
