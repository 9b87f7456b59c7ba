import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { expectImagesLoaded, createStudio } from "./support/studio";

// A test uploads a file that is not an image. The app refuses it with 415, which the console reports.
test.use({ expectedComplaints: [/status of 415/] });

test("any model on Replicate can be found and used in a chosen version", async ({ page, user: _user }) => {
  await page.goto("/dashboard/models");
  const search = page.getByRole("searchbox", { name: "Search all models on Replicate" });

  await test.step("a model's page lists its inputs", async () => {
    await search.fill("text-to-image");
    await search.press("Enter");
    await page.getByRole("link", { name: "Stable Diffusion XL", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Stable Diffusion XL" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Inputs" })).toContainText("num_inference_steps");
    await expect(page.getByRole("region", { name: "Inputs" })).toContainText("1 to 500");
    await expectNoViolations(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  await test.step("a chosen older version makes the image", async () => {
    const versions = page.getByRole("region", { name: "Versions" }).getByRole("link");
    const older = versions.nth(1);
    const id = (await older.locator("span").first().textContent()) ?? "";
    await older.click();
    await expect(page.getByRole("region", { name: "Versions" }).locator("[aria-current]")).toContainText(id);
    await page.getByRole("link", { name: "Use this version" }).click();
    const studio = createStudio(page);
    await expect(studio.composer.getByRole("combobox", { name: "Model", exact: true })).toHaveValue(
      new RegExp(`^stability-ai/sdxl:${id}`),
    );
    await studio.composer.getByText("More settings").click();
    await studio.setting("Width").fill("256");
    await studio.setting("Height").fill("256");
    await studio.setting("Steps").fill("5");
    await studio.ask("An older print");
    await studio.saved("An older print");
    await page.goto("/dashboard/history");
    await expect(page.getByRole("main")).toContainText("An older print");
  });
});

test("models are found by what they take and make", { tag: "@full" }, async ({ page, user: _user }) => {
  await page.goto("/dashboard/models");
  const filter = (name: string, label: string) =>
    page.getByRole("navigation", { name }).getByRole("link", { name: label, exact: true });
  const title = (name: string) => page.getByRole("link", { name, exact: true });
  const search = page.getByRole("searchbox", { name: "Search all models on Replicate" });
  await expect(title("Remove BG")).toBeVisible();

  await filter("Makes", "Videos").click();
  await expect(page).toHaveURL("/dashboard/models?makes=video");
  await expect(page.getByRole("heading", { name: "Make a video" })).toBeVisible();
  await expect(title("Remove BG")).toHaveCount(0);
  await filter("Takes", "An image").click();
  await expect(title("Wan 2.2 Image to Video")).toBeVisible();
  await expect(title("Wan 2.2 Text to Video")).toHaveCount(0);
  await expect(filter("Makes", "Videos")).toHaveAttribute("aria-current", "true");

  await test.step("a search keeps the filter, and hides what does not match", async () => {
    await search.fill("seedance");
    await search.press("Enter");
    await expect(page).toHaveURL(/q=seedance/);
    await expect(title("Seedance 1 Lite")).toBeVisible();
    await filter("Makes", "Audio").click();
    await expect(page.getByRole("heading", { name: "No model matches the filters" })).toBeVisible();
    await page.getByRole("link", { name: "Show all results" }).click();
    await expect(title("Seedance 1 Lite")).toBeVisible();
  });

  await test.step("a search without results says so and links back", async () => {
    await search.fill("no such model anywhere");
    await search.press("Enter");
    await expect(page.getByRole("heading", { name: "No model found" })).toBeVisible();
    await page.getByRole("link", { name: "Back to featured models" }).click();
    await expect(page.getByRole("heading", { name: "Generate an image" })).toBeVisible();
  });

  await test.step("a collection shows its models", async () => {
    await filter("Collections", "Speech to text").click();
    await expect(title("whisper")).toBeVisible();
  });

  await test.step("a kind that no featured model makes is searched for on Replicate", async () => {
    await page.goto("/dashboard/models?makes=3d");
    await page.getByRole("link", { name: "Search Replicate for “3d”" }).click();
    await expect(title("trellis")).toBeVisible();
    await expectNoViolations(page);
  });
});

test("a model's page has its price, its example and its README, and the example fills the form", async ({
  page,
  user: _user,
}) => {
  await page.goto("/dashboard/models/prunaai/z-image-turbo");
  await expect(page.getByRole("region", { name: "Price and speed" })).toContainText("about $0.0025 per megapixel");
  await expect(
    page.getByRole("region", { name: "About this model" }).getByRole("heading", { name: "Inputs" }),
  ).toBeVisible();
  const example = page.getByRole("region", { name: "Example" });
  await expectImagesLoaded(example, "Example 1 by Z-Image Turbo", 1);
  await expectNoViolations(page);
  await example.getByRole("link", { name: "Try this" }).click();
  const studio = createStudio(page);
  await expect(studio.prompt).toHaveValue("A red fox in fresh snow, morning light");
  await expect(studio.composer.getByRole("combobox", { name: "Model", exact: true })).toHaveValue(
    "prunaai/z-image-turbo",
  );
});

test("a video and a sound of an example play", { tag: "@full" }, async ({ page, user: _user }) => {
  await page.goto("/dashboard/models/minimax/music-1.5");
  const sound = page.getByRole("region", { name: "Example" }).locator("audio");
  await sound.evaluate((audio: HTMLAudioElement) => {
    audio.muted = true;
    return audio.play();
  });
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  await page.goto("/dashboard/models/wan-video/wan-2.2-t2v-fast");
  await expect(page.getByRole("region", { name: "Example" }).locator("video")).toHaveAttribute("src", /example\.mp4$/);
});

test("an uploaded image can be upscaled", { tag: "@full" }, async ({ page, user: _user }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate?model=nightmareai/real-esrgan");
  const image = studio.composer.getByRole("group", { name: /image/i });
  const [file] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("/api/uploads?name=")),
    image
      .getByLabel(/^Upload: /)
      .setInputFiles({ name: "own.png", mimeType: "image/png", buffer: await createImage() }),
  ]);
  expect(file.status()).toBe(201);
  await expect(image.getByRole("radio", { checked: true })).toHaveValue(/^\/api\/uploads\//);

  await test.step("a file that is not an image is refused with a message", async () => {
    const notes = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("notes") };
    await image.getByLabel(/^Upload: /).setInputFiles(notes);
    await expect(image).toContainText("This setting takes an image. This file is something else.");
  });

  await studio.generate.click();
  await expect(studio.cards.first().getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(image.getByRole("radio", { checked: true })).toHaveValue(/^\/api\/uploads\//);
});
test(
  "one prompt runs on two models, and a result can be varied and upscaled",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.composer.getByRole("button", { name: "Compare", exact: true }).click();
    await studio.composer.getByRole("checkbox", { name: "FLUX.1 schnell" }).check();
    await page.keyboard.press("Escape");
    await studio.prompt.fill("A teapot");
    await studio.composer.getByRole("button", { name: "Style" }).click();
    await page.getByRole("button", { name: "Ink drawing" }).click();
    const prompt = "A teapot, black ink drawing, confident line work, white paper";
    await expect(studio.prompt).toHaveValue(prompt);
    await studio.composer.getByRole("button", { name: "Generate with 2 models" }).click();
    const row = studio.feed.getByRole("listitem").filter({ hasText: "FLUX.1 schnell" });
    await expect(row.getByRole("article")).toHaveCount(2);
    await expect(row.getByText("Saved", { exact: true })).toHaveCount(2, { timeout: 30_000 });
    await expectImagesLoaded(row, prompt, 2);

    const item = row.getByRole("article").first();
    await item.hover();
    await item.getByRole("button", { name: "Vary" }).click();
    await expect(studio.card(prompt)).toHaveCount(3);
    await item.hover();
    await item.getByRole("button", { name: "Upscale" }).click();
    const larger = studio.feed.getByRole("article", { name: `Upscaled from “${prompt}”`, exact: true });
    await expect(larger.getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });
  },
);

async function createImage() {
  const { default: sharp } = await import("sharp");
  const background = { r: 200, g: 90, b: 40 };
  return sharp({ create: { width: 96, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
}
