import type { Page } from "@playwright/test";
import sharp from "sharp";
import { createApi } from "../support/api";
import { expect, test } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { createStudio } from "./support/studio";

const model = "google/nano-banana";

/** Returns the field for a list of images in the form, and functions for it. */
function findImageField(page: Page) {
  const box = createStudio(page).composer.getByRole("group", { name: "Image Input" });
  return {
    box,
    tile: (name: string) => box.getByRole("checkbox", { name: new RegExp(`^${name}\\b`) }),
    /** Waits until exactly these paths are chosen, in this order. */
    async expectChosen(...paths: (string | RegExp)[]) {
      await expect(box.getByRole("checkbox", { checked: true })).toHaveCount(paths.length);
      for (const [index, path] of paths.entries()) {
        const tile = box.getByRole("checkbox", { checked: true, name: new RegExp(` ${index + 1}$`) });
        await expect(tile).toHaveValue(path);
      }
    },
  };
}

async function createImage(name: string, background: string) {
  const item = sharp({ create: { width: 90, height: 60, channels: 3, background } });
  return { name: `${name}.png`, mimeType: "image/png", buffer: await item.png().toBuffer() };
}

type ImageFile = Awaited<ReturnType<typeof createImage>>;

/** Pastes files into the page, or drops them outside the image field. */
async function insertFiles(page: Page, kind: "paste" | "drop", files: ImageFile[]) {
  const given = files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString("base64") }));
  await page.evaluate(
    ({ kind: how, given: parts }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of parts) {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const event =
        how === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    { kind, given },
  );
}

/** Returns a function that finds the path of an image by its prompt. */
async function readPaths(api: ReturnType<typeof createApi>) {
  const { results } = (await (await api.ask("/api/media?limit=30")).json()) as {
    results: { prompt: string; url: string }[];
  };
  return (prompt: string) => results.find((image) => image.prompt === prompt)?.url ?? "";
}

test(
  "a model with a list of images receives them in the order in which they were chosen",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    await fillGallery(stack, user, 9);
    const api = createApi(stack, user);
    const print = await readPaths(api);
    const studio = createStudio(page);
    const field = findImageField(page);

    await test.step("the model is found by name, and its page lists its inputs", async () => {
      await page.goto("/dashboard/models");
      await page.getByRole("searchbox", { name: "Search all models on Replicate" }).fill("nano banana");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "Nano Banana", exact: true }).click();
      await expect(page.getByRole("region", { name: "Inputs" })).toContainText("image_inputimages");
      await page.getByRole("link", { name: "Use in Generate" }).click();
      await expect(studio.composer.getByRole("radio", { name: "match input image" })).toBeChecked();
    });

    await test.step("images are uploaded, pasted, chosen and removed, and have numbers", async () => {
      await field.box
        .getByLabel(/^Upload: /)
        .setInputFiles([await createImage("red", "#ff0000"), await createImage("blue", "#0000ff")]);
      await field.expectChosen(/^\/api\/uploads\//, /^\/api\/uploads\//);
      await field.tile("Print 2").check();
      await field.box.getByRole("checkbox", { checked: true }).first().uncheck();
      await field.expectChosen(/^\/api\/uploads\//, print("Print 2"));
      await insertFiles(page, "paste", [await createImage("green", "#00ff00")]);
      await field.expectChosen(/^\/api\/uploads\//, print("Print 2"), /^\/api\/uploads\//);
      await page.reload();
      await field.expectChosen(/^\/api\/uploads\//, print("Print 2"), /^\/api\/uploads\//);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });

    await test.step("the model receives them in that order", async () => {
      await studio.ask("A flag of three");
      await studio.saved("A flag of three");
      const { results } = (await (await api.ask("/api/media?limit=1")).json()) as {
        results: { url: string; parent_image_id: string }[];
      };
      const [made] = results;
      expect(`/api/media/${made?.parent_image_id}`).toBe(print("Print 2"));
      const { data, info } = await sharp(await (await api.ask(made?.url ?? "")).bytes())
        .raw()
        .toBuffer({ resolveWithObject: true });
      const colourAt = (x: number) => [0, 1, 2].map((channel) => (data[x * 3 + channel] ?? 0) > 128);
      expect([info.width > info.height, colourAt(9), colourAt(info.width - 9)]).toEqual([
        true,
        [false, false, true],
        [false, true, false],
      ]);
    });

    await test.step("an image above the maximum is refused with a message", async () => {
      for (const number of [1, 3, 4, 5, 6, 7, 8]) await field.tile(`Print ${number}`).check();
      await field.tile("Print 9").click();
      await expect(field.box).toContainText("At most 10 images can be chosen. Remove one first.");
      await expect(field.tile("Print 9")).not.toBeChecked();
      await field.tile("Print 2").uncheck();
      await expect(field.box).toContainText("up to 10 images (9 chosen)");
    });
  },
);

test.describe("after the run", () => {
  // The page loads a deleted image (404), and submits it as an input (422).
  test.use({ expectedComplaints: [/status of (404|422)/] });

  test(
    "the input images are shown with the result, and Use these settings restores them in order",
    { tag: "@full" },
    async ({ page, user, stack }) => {
      await fillGallery(stack, user, 3);
      const api = createApi(stack, user);
      const print = await readPaths(api);
      const given = [print("Print 3"), print("Print 1")];
      const { id } = await api.create({ prompt: "A pair", image_input: given, output_format: "png" }, { model });
      const [made] = (await api.saved(id)).images;
      const field = findImageField(page);
      const row = page.getByRole("list", { name: "Runs" }).getByRole("listitem").filter({ hasText: "A pair" });

      await test.step("in the history", async () => {
        await page.goto("/dashboard/history");
        await row.getByText("Details").click();
        for (const [index, path] of given.entries()) {
          await expect(row.getByRole("link", { name: `Input file ${index + 1}` })).toHaveAttribute("href", path);
        }
        await expect(row).not.toContainText("/api/");
        await row.getByRole("link", { name: "Use these settings" }).click();
        await field.expectChosen(...given);
      });

      await test.step("in the viewer, with the first one as the parent", async () => {
        await page.goto("/dashboard/gallery");
        await page.getByRole("link", { name: "A pair", exact: true }).click();
        const viewer = page.getByRole("dialog", { name: "Image" });
        await expect(viewer.getByRole("link", { name: "Input file 2" })).toHaveAttribute("href", print("Print 1"));
        const parents = viewer.getByRole("region", { name: "Generated from", exact: true });
        await expect(parents.getByRole("link")).toHaveCount(1);
        await expect(parents.getByRole("link", { name: "Print 3" })).toBeVisible();
        await field.box.waitFor({ state: "hidden" });
        await viewer.getByRole("link", { name: "Use these settings" }).click();
        await field.expectChosen(...given);
      });

      await test.step("from a downloaded file", async () => {
        await page.goto(`/dashboard/generate?model=${model}`);
        await field.tile("Print 2").check();
        const buffer = Buffer.from(await (await api.ask(`${made?.url}?download`)).bytes());
        const note = page.getByRole("region", { name: "Dropped file" });
        await expect(async () => {
          await insertFiles(page, "drop", [{ name: "pair.png", mimeType: "image/png", buffer }]);
          // This timeout is long enough for a busy machine. After a timeout, the file would be dropped again, which would add a
          // second image.
          await expect(note).toBeVisible({ timeout: 5000 });
        }).toPass();
        // The page also uploads the dropped file as an input image.
        await expect(field.box.getByRole("checkbox", { checked: true, name: / 2$/ })).toBeVisible();
        await note.getByRole("button", { name: "Use these settings" }).click();
        await field.expectChosen(...given);
      });

      await test.step("a deleted input image is named in the error", async () => {
        await api.ask(print("Print 1"), { method: "DELETE" });
        await page.reload();
        await field.expectChosen(...given);
        const studio = createStudio(page);
        await studio.ask("A pair again");
        const words = "Image 2 of image_input must be one of your own images";
        await expect(studio.card("A pair again")).toContainText(words);
        await expect(field.box).toContainText(words);
        await field.box.getByRole("checkbox", { checked: true, name: / 2$/ }).uncheck();
        await field.expectChosen(print("Print 3"));
      });
    },
  );
});
