import sharp from "sharp";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makePreview, makeThumbnail, PREVIEW, sizeWithin } from "@/lib/media/renditions/thumbnail";
import { avif, noise, IMAGE_HEIGHT, IMAGE_WIDTH, IMAGES, undecodablePng } from "@/tests/support/images";
import { inspectBytes } from "@/tests/support/inspect-bytes";

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#803020" }, limitInputPixels: false }).png();

describe("a thumbnail", () => {
  test.each([
    [1024, 1024, 480, 480],
    [1280, 720, 480, 270],
    [720, 1280, 270, 480],
    [480, 480, 480, 480],
    [100, 60, 100, 60],
    [2000, 1, 480, 1],
  ])("of %d × %d pixels has %d × %d", async (width, height, thumbWidth, thumbHeight) => {
    const thumbnail = await makeThumbnail(await flat(width, height).toBuffer());
    expect(thumbnail).toMatchObject({ width: thumbWidth, height: thumbHeight });
    expect(await inspectBytes(thumbnail.bytes)).toMatchObject({
      content_type: "image/webp",
      width: thumbWidth,
      height: thumbHeight,
    });
  });

  test.each(Object.entries(IMAGES))("can be made of: %s", async (_kind, { make }) => {
    const thumbnail = await makeThumbnail(await make().toBuffer());
    expect(thumbnail).toMatchObject({ width: IMAGE_WIDTH, height: IMAGE_HEIGHT });
  });

  test("of an animation is its first frame alone", async () => {
    const thumbnail = await makeThumbnail(await IMAGES["animated GIF"].make().toBuffer());
    const { pages } = await sharp(thumbnail.bytes).metadata();
    const { channels } = await sharp(thumbnail.bytes).stats();
    expect(pages ?? 1).toBe(1);
    // Only the first frame is black.
    expect(Math.round(channels[0]?.mean ?? 255)).toBe(0);
  });

  test("is upright when the image is marked as rotated", async () => {
    const rotated = await noise(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await makeThumbnail(rotated)).toMatchObject({ width: 40, height: 60 });
  });

  test("is made of a JPEG that ends too early, but with an end marker, as browsers show it", async () => {
    const bytes = await noise(60, 40).jpeg().toBuffer();
    const short = Buffer.concat([bytes.subarray(0, bytes.length - 500), Buffer.from([0xff, 0xd9])]);
    expect(await inspectBytes(short)).toMatchObject({ width: 60, height: 40 });
    expect(await makeThumbnail(short)).toMatchObject({ width: 60, height: 40 });
  });

  test("has no metadata of the image", async () => {
    const description = "<script>alert(1)</script>";
    const described = await noise(60, 40)
      .withExif({ IFD0: { ImageDescription: description } })
      .jpeg()
      .toBuffer();
    expect(described.includes(description)).toBe(true);
    const thumbnail = await makeThumbnail(described);
    expect(thumbnail.bytes.includes(description)).toBe(false);
    expect((await sharp(thumbnail.bytes).metadata()).exif).toBeUndefined();
  });
});

describe("no thumbnail is made of", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';

  test("SVG", async () => {
    await expect(makeThumbnail(Buffer.from(svg))).rejects.toThrow("unsupported image format");
  });

  test("AVIF", async () => {
    await expect(makeThumbnail(await avif())).rejects.toThrow("unsupported image format");
  });

  test("TIFF", async () => {
    await expect(makeThumbnail(await noise(8, 8).tiff().toBuffer())).rejects.toThrow("unsupported image format");
  });

  test("more than 50 megapixels, before decoding", async () => {
    const bytes = await flat(10_001, 5000).png({ compressionLevel: 1 }).toBuffer();
    await expect(makeThumbnail(bytes)).rejects.toThrow("pixel limit");
  });

  // libvips keeps one text of errors for all threads, and other tests may have changed it. So these tests do not check the text.
  test("a PNG with fewer pixels than its header says", async () => {
    const bytes = await undecodablePng();
    expect(await inspectBytes(bytes)).toMatchObject({ width: 4000, height: 4000 });
    await expect(makeThumbnail(bytes)).rejects.toThrow(Error);
    await expect(makePreview(bytes)).rejects.toThrow(Error);
  });

  test("an incomplete image", async () => {
    const bytes = await IMAGES["plain PNG"].make().toBuffer();
    await expect(makeThumbnail(bytes.subarray(0, 2000))).rejects.toThrow(Error);
  });
});

describe("a preview", () => {
  test.each([
    [2400, 1200],
    [1000, 3000],
    [640, 480],
  ])("of %d × %d pixels is a JPEG of the size that sizeWithin gives", async (width, height) => {
    const preview = await makePreview(await flat(width, height).toBuffer());
    const size = sizeWithin(PREVIEW, { width, height });
    expect(await inspectBytes(preview)).toMatchObject({ content_type: "image/jpeg", ...size });
    expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1200);
  });

  test("is white where the image is transparent", async () => {
    const transparent = sharp({ create: { width: 8, height: 8, channels: 4, background: "#00000000" } }).png();
    const { channels } = await sharp(await makePreview(await transparent.toBuffer())).stats();
    expect(channels.map(({ mean }) => Math.round(mean))).toEqual([255, 255, 255]);
  });
});

test("a second bundle that loads the decoder blocks no loader again, because an image may be open", async () => {
  const block = vi.spyOn(sharp, "block");
  onTestFinished(() => block.mockRestore());
  vi.resetModules();
  const decoder = await import("@/lib/media/renditions/decoder");
  expect(block).not.toHaveBeenCalled();
  await expect(decoder.openImage(await avif()).toBuffer()).rejects.toThrow("unsupported image format");
});
