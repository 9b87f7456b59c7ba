import sharp from "sharp";
import { expect, test } from "vitest";
import { eventually, serve } from "../serve.ts";

const model = "google/nano-banana";

async function plain(background: string, width = 60, height = 40) {
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${bytes.toString("base64")}`;
}

async function made(input: object) {
  const { replicate } = await serve();
  const created = await replicate.predictions.create({ model, input });
  await eventually(async () => (await replicate.predictions.get(created.id)).completed_at).toBeTruthy();
  return replicate.predictions.get(created.id);
}

async function pixelsOf(output: unknown) {
  const image = sharp(await (await fetch(String(output))).bytes());
  const { format } = await image.metadata();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
  return { format, width: info.width, height: info.height, at };
}

test("input images are placed side by side, in the aspect ratio of the first", async () => {
  const images = [await plain("#ff0000"), await plain("#00ff00", 20, 90), await plain("#0000ff")];
  const { status, output } = await made({ prompt: "a flag", image_input: images, output_format: "png" });
  expect([status, output]).toEqual(["succeeded", expect.stringMatching("/output.png$")]);
  const { format, width, height, at } = await pixelsOf(output);
  expect([format, width, height]).toEqual(["png", 1256, 840]);
  expect([at(0, 0), at(417, 839)]).toEqual([at(100, 400), [255, 0, 0]]);
  expect([at(421, 0), at(835, 839)]).toEqual([
    [0, 255, 0],
    [0, 255, 0],
  ]);
  expect([at(839, 0), at(1255, 839)]).toEqual([
    [0, 0, 255],
    [0, 0, 255],
  ]);
});

test("a rotated image is turned upright, and a requested aspect ratio comes before its own", async () => {
  const foot = { create: { width: 30, height: 20, channels: 3, background: "#ff0000" } } as const;
  const lying = await sharp({ create: { width: 60, height: 20, channels: 3, background: "#0000ff" } })
    .composite([{ input: foot, left: 30, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const image_input = [`data:image/jpeg;base64,${lying.toString("base64")}`];
  const upright = await made({ prompt: "a pole", image_input });
  const { at, ...shape } = await pixelsOf(upright.output);
  expect(shape).toEqual({ format: "jpeg", width: 592, height: 1776 });
  expect([at(20, 20)[0], at(20, 1750)[0]]).toEqual([expect.closeTo(0, -1), expect.closeTo(255, -1)]);
  const wide = await made({ prompt: "a pole", image_input, aspect_ratio: "21:9" });
  expect(await pixelsOf(wide.output)).toMatchObject({ width: 1536, height: 672 });
});

test("without images the prompt is drawn as a square", async () => {
  const { output, logs } = await made({ prompt: "a lake" });
  expect(await pixelsOf(output)).toMatchObject({ format: "jpeg", width: 1024, height: 1024 });
  expect(logs).toBe("Generating image...\nGenerated image in 2.0sec\n");
});

test("a missing file, or one that is not an image, fails with Python's message", async () => {
  const words = `data:image/png;base64,${Buffer.from("words").toString("base64")}`;
  for (const image_input of [[words], [await plain("teal"), words]]) {
    expect(await made({ prompt: "a fox", image_input })).toMatchObject({
      status: "failed",
      error: "cannot identify image file '/tmp/image_input'",
    });
  }
  const gone = [await plain("teal"), "https://example.com/x.png"];
  expect(await made({ prompt: "a fox", image_input: gone })).toMatchObject({
    status: "failed",
    error: "404 Client Error: Not Found for url: https://example.com/x.png",
  });
});

test("[nsfw] and [partial] both remove a single image", async () => {
  const image_input = [await plain("teal")];
  for (const prompt of ["[nsfw]", "[partial]"]) {
    expect(await made({ prompt, image_input })).toMatchObject({
      status: "failed",
      error: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
    });
  }
});
