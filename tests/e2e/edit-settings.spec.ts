import { createApi } from "../support/api";
import { expect, test } from "./support/fixtures";
import { createStudio } from "./support/studio";

test("a recent prompt can be searched and put into the form without sending it", async ({ page, user, stack }) => {
  const api = createApi(stack, user);
  for (const prompt of ["A barn in the snow [fail]", "A boat in the fog [fail]"]) await api.create({ prompt });
  const studio = createStudio(page);
  await page.goto("/dashboard/generate");
  await expect(studio.cards).toHaveCount(2);
  await studio.composer.getByRole("button", { name: "Recent prompts" }).click();
  const prompts = studio.composer.getByRole("button", { name: /^A .* in the/ });
  await expect(prompts).toHaveText(["A boat in the fog [fail]", "A barn in the snow [fail]"]);
  await studio.composer.getByRole("searchbox", { name: "Find a prompt" }).fill("snow");
  await expect(prompts).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(studio.prompt).toHaveValue("A barn in the snow [fail]");
  await expect(studio.prompt).toBeFocused();
  await expect(prompts).toBeHidden();
  await expect(studio.cards).toHaveCount(2);
});

test.describe("a dropped file", () => {
  // The page also uploads the dropped file as an input image. The app refuses it with 400, because it has no pixels.
  test.use({ expectedComplaints: [/status of 400/] });

  test("from a model that cannot run here fills the open form and names the settings left out", async ({
    page,
    user: _user,
  }) => {
    const studio = createStudio(page);
    await page.goto("/dashboard/generate");
    await expect(studio.prompt).toBeEditable();
    const text = JSON.stringify({
      prompt: "A heron",
      model: "another/model",
      version: null,
      seed: 7,
      created_at: "2026-01-01T00:00:00Z",
      input: {
        prompt: "A heron",
        sparkle: 3,
      },
    });
    const note = page.getByRole("region", { name: "Dropped file" });
    // The file is dropped again and again, because the page ignores files that are dropped before it is hydrated.
    await expect(async () => {
      await page.evaluate((settings) => {
        const words = new TextEncoder().encode(`iTXtparameters\0\0\0\0\0${settings}`);
        const length = new Uint8Array(4);
        new DataView(length.buffer).setUint32(0, words.length - 4);
        const signature = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        const dataTransfer = new DataTransfer();
        const parts = [signature, length, words, new Uint8Array(4)];
        dataTransfer.items.add(new File(parts, "heron.png", { type: "image/png" }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, text);
      await expect(note.getByRole("button", { name: "Use these settings" })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await note.getByRole("button", { name: "Use these settings" }).click();
    await expect(note.getByText(/^another\/model cannot run here\..* Not copied: sparkle\.$/)).toBeVisible();
    await expect(studio.prompt).toHaveValue("A heron");
    await expect(studio.setting("Seed")).toHaveValue("7");
  });
});
