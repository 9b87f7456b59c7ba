import type { Page } from "@playwright/test";
import sharp from "sharp";
import { createApi } from "../support/api";
import { noise } from "../support/images";
import { MEDIA_FILES } from "../support/media-files";
import { expect, test } from "./support/fixtures";
import { createStudio } from "./support/studio";

type Upload = { id: string; name: string; content_type: string; width: number; height: number; bytes: number };

const listOf = async (api: ReturnType<typeof createApi>) =>
  ((await (await api.ask("/api/uploads")).json()) as { results: Upload[] }).results;

/**
 * Returns a photo like that of a phone: rotated by its Exif data, with the place where it was taken. The left half is red. A
 * photo of 2400 × 1800 px has 12 MB.
 */
async function takePhoto(width: number, height: number) {
  const pixels = await noise(width, height).jpeg({ quality: 100 }).toBuffer();
  const red = await sharp({ create: { width: width / 2, height, channels: 3, background: "#f00" } })
    .png()
    .toBuffer();
  return sharp(pixels)
    .composite([{ input: red, left: 0, top: 0, blend: "screen" }])
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { ImageDescription: "Invalidenstra" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

/** Drags a file over an element, and drops it there if `isDropped`. */
async function drag(
  page: Page,
  selector: string,
  file: { name: string; type: string; bytes: Buffer },
  isDropped = false,
) {
  await page.evaluate(
    ({ selector: place, name, type, base64, isDropped: drops }) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name, { type }));
      const at = document.querySelector(place) ?? document.body;
      for (const step of drops ? ["dragover", "drop"] : ["dragover"]) {
        at.dispatchEvent(new DragEvent(step, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    { selector, name: file.name, type: file.type, base64: file.bytes.toString("base64"), isDropped },
  );
}

/**
 * Drags a file over the page, again and again until the page shows these words. Before the page is hydrated, it ignores the
 * file.
 */
async function dragUntil(page: Page, file: Parameters<typeof drag>[2], words: RegExp) {
  await expect(async () => {
    await drag(page, "body", file);
    await expect(page.getByText(words)).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

for (const [size, [width, height], details] of [
  ["a small", [240, 180], {}],
  ["a large", [2400, 1800], { tag: "@full" }],
] as const) {
  test(
    `${size} sideways phone photo is made fit in the browser, and the model gets it upright`,
    details,
    async ({ page, user, stack }) => {
      const api = createApi(stack, user);
      const photo = await takePhoto(width, height);
      expect(photo.length).toBeGreaterThan(width * height);
      await page.goto("/dashboard/generate?model=nightmareai/real-esrgan");
      const studio = createStudio(page);
      const field = studio.composer.getByRole("group", { name: /image/i });
      await field.getByLabel(/^Upload: /).setInputFiles({ name: "IMG_1.JPG", mimeType: "image/jpeg", buffer: photo });
      await expect(field.getByRole("radio", { checked: true })).toHaveValue(/^\/api\/uploads\//, { timeout: 30_000 });
      const [upload] = await listOf(api);
      expect(upload).toMatchObject({ content_type: "image/jpeg", width: height, height: width });
      const bytes = Buffer.from(await (await api.ask(`/api/uploads/${upload?.id}`)).arrayBuffer());
      expect(bytes.length).toBeLessThanOrEqual(10_000_000);
      expect(bytes.includes("Invalidenstra")).toBe(false);
      // The photo was rotated, so its red half is now the upper half.
      const halves = await sharp(bytes).resize(1, 2, { fit: "fill" }).raw().toBuffer();
      expect((halves[0] ?? 0) - (halves[1] ?? 0)).toBeGreaterThan(30);
      expect((halves[3] ?? 0) - (halves[4] ?? 0)).toBeLessThan(30);
    },
  );
}

test("a large video goes straight to storage, and a model of videos takes it", async ({ page, user, stack }) => {
  const clip = Buffer.from((await MEDIA_FILES.MP4?.make()) ?? []);
  const free = Buffer.alloc(5_000_000);
  free.writeUInt32BE(free.length);
  free.write("free", 4, "latin1");
  const buffer = Buffer.concat([clip, free]);
  await page.goto("/dashboard/generate?model=zsxkib/mmaudio");
  const field = createStudio(page).composer.getByRole("group", { name: "Video" });
  await expect(field).toContainText("Paste, drop or choose a video.");
  const [sent] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PUT"),
    field.getByLabel(/^Upload: /).setInputFiles({ name: "clip.mp4", mimeType: "video/mp4", buffer }),
  ]);
  expect([sent.status(), new URL(sent.url()).origin]).toEqual([200, stack.env.NEXT_PUBLIC_SUPABASE_URL]);
  const tile = field.getByRole("radio", { checked: true });
  await expect(tile).toHaveValue(/^\/api\/uploads\//, { timeout: 30_000 });
  await expect(field.getByText("clip.mp4")).toBeVisible();
  expect(await listOf(createApi(stack, user))).toMatchObject([{ name: "clip.mp4", bytes: buffer.length }]);
});

test("while a file is dragged, the page says what will happen, and never leaves", async ({ page, user: _user }) => {
  const bytes = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#c84" } })
    .png()
    .toBuffer();
  const fox = { name: "fox.png", type: "image/png", bytes };
  const studio = createStudio(page);

  await test.step("a model with an image input takes it", async () => {
    await page.goto("/dashboard/generate?model=stability-ai/sdxl");
    await dragUntil(page, fox, /^Add to Image$/);
    await drag(page, "body", fox, true);
    const field = studio.composer.getByRole("group", { name: "Image", exact: true });
    await expect(field.getByRole("radio", { checked: true })).toHaveValue(/^\/api\/uploads\//);
    await expect(page.getByText(/^Add to Image$/)).toBeHidden();
  });

  await test.step("a model without one offers another model, and the prompt stays", async () => {
    await page.goto("/dashboard/generate?model=black-forest-labs/flux-schnell");
    await studio.prompt.fill("at night");
    await dragUntil(page, fox, /^Edit this image with /);
    await drag(page, "body", fox, true);
    await page.getByRole("button", { name: /^Edit this image with / }).click();
    await expect(page).not.toHaveURL(/flux-schnell/);
    await expect(studio.composer.locator("[value^='/api/uploads/']:checked")).toHaveCount(1);
    await expect(studio.prompt).toHaveValue("at night");
  });

  await test.step("a file that no model takes is named", async () => {
    await page.goto("/dashboard/generate?model=black-forest-labs/flux-schnell");
    const table = { name: "a.csv", type: "text/csv", bytes: Buffer.from("a,b") };
    await dragUntil(page, table, /does not accept files of this type$/);
    await drag(page, "body", table, true);
    await expect(
      page.getByRole("region", { name: "Dropped file" }).getByText("does not accept files of this type."),
    ).toBeVisible();
    await expect(page).toHaveURL(/flux-schnell/);
  });
});

test("an image that neither the browser nor the server can read is refused with a remedy", async ({
  page,
  user: _user,
}) => {
  await page.goto("/dashboard/generate?model=nightmareai/real-esrgan");
  const field = createStudio(page).composer.getByRole("group", { name: /image/i });
  const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(64)]);
  await field.getByLabel(/^Upload: /).setInputFiles({ name: "IMG_1.HEIC", mimeType: "", buffer: heic });
  await expect(field).toContainText("Save the photo as JPEG. To take photos as JPEG with an iPhone");
});

test(
  "uploads are listed in the gallery, where they are deleted and restored",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const api = createApi(stack, user);
    for (const name of ["MP4", "WAV", "ZIP"]) {
      const body = new Uint8Array((await MEDIA_FILES[name]?.make()) ?? []);
      await api.ask(`/api/uploads?name=mine.${name.toLowerCase()}`, { method: "POST", body });
    }
    await page.goto("/dashboard/gallery");
    await page.getByRole("navigation", { name: "Gallery" }).getByRole("link", { name: "Uploads" }).click();
    const uploads = page.getByRole("list", { name: "Uploads" }).getByRole("listitem");
    await expect(uploads).toHaveCount(3);
    await expect(uploads.first()).toContainText("mine.zip");
    await page.getByRole("button", { name: "Delete mine.wav" }).click();
    await expect(uploads).toHaveCount(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(uploads).toHaveCount(3);
    await page.getByRole("button", { name: "Delete mine.mp4" }).click();
    await expect(uploads).toHaveCount(2);
    await page.reload();
    await expect(uploads).toHaveCount(2);
  },
);

test("the studio may use the camera and the microphone", async ({ page, user: _user }) => {
  await page.goto("/dashboard/generate");
  const allowed = await page.evaluate(() => {
    // `document.featurePolicy` exists only in Chromium.
    const policy: unknown = Reflect.get(document, "featurePolicy");
    if (typeof policy !== "object" || policy === null) return null;
    const allows: unknown = Reflect.get(policy, "allowsFeature");
    return ["camera", "microphone", "geolocation"].map((name) =>
      typeof allows === "function" ? Boolean(Reflect.apply(allows, policy, [name])) : null,
    );
  });
  expect(allowed).toEqual([true, true, false]);
});
