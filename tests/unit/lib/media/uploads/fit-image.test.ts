import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { inspectImage } from "@/lib/media/inspect";
import { fitImage } from "@/lib/media/uploads/fit-image";
import { IMAGES, noise } from "@/tests/support/images";

const place = { IFD0: { ImageDescription: "Invalidenstraße" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } };
type Image = ReturnType<typeof noise>;

const fit = async (bytes: Uint8Array) => fitImage(bytes, await inspectImage(new Blob([new Uint8Array(bytes)])));

/** Returns an image of a single color: many pixels, but a small file. */
const flat = (width: number, height: number, alpha = 1) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 90, b: 40, alpha } } });
const white = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "white" } });

describe("an image that is fit", () => {
  test.each(Object.entries(IMAGES))("%s: only its metadata is removed", async (_, { make }) => {
    const bytes = await make().toBuffer();
    const { bytes: fitted, facts, thumbnail } = await fit(bytes);
    expect(facts).toMatchObject({ width: 96, height: 64 });
    const pixels = (image: Uint8Array) => sharp(image, { pages: -1 }).raw().toBuffer();
    expect((await pixels(fitted)).equals(await pixels(bytes))).toBe(true);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: "webp", width: 96 });
  });

  test("the same image has the same bytes each time, with other metadata too", async () => {
    const one = await noise(400, 300).withExif(place).jpeg().toBuffer();
    const other = await noise(400, 300).jpeg().toBuffer();
    expect(Buffer.from((await fit(one)).bytes).equals(Buffer.from((await fit(other)).bytes))).toBe(true);
  });
});

describe("an image on its side", () => {
  test.each([
    ["JPEG", (image: Image) => image.jpeg(), "image/jpeg"],
    ["PNG", (image: Image) => image.png(), "image/png"],
    ["WebP", (image: Image) => image.webp(), "image/webp"],
  ])("%s is turned upright, and says nothing of its place", async (_, encode, content_type) => {
    // Orientation 6 means that the image must be turned clockwise by 90°. Its width and its height are then exchanged.
    // The left half is white, and the right half has the color of `flat`.
    const halves = flat(400, 300).composite([{ input: await white(200, 300).png().toBuffer(), left: 0, top: 0 }]);
    const bytes = await encode(halves.flatten().withMetadata({ orientation: 6 }).withExifMerge(place)).toBuffer();
    const { bytes: fitted, facts } = await fit(bytes);
    expect(facts).toMatchObject({ content_type, width: 300, height: 400 });
    const { exif, width, height, orientation } = await sharp(fitted).metadata();
    expect([exif, width, height, orientation]).toEqual([undefined, 300, 400, undefined]);
    const brightness = await Promise.all(
      [0, 200].map(async (top) => {
        const half = await sharp(fitted).extract({ left: 0, top, width: 300, height: 200 }).png().toBuffer();
        return (await sharp(half).stats()).channels[2]?.mean ?? 0;
      }),
    );
    expect(brightness[0]).toBeGreaterThan(240);
    expect(brightness[1]).toBeLessThan(60);
  });
});

describe("an image that is too large", () => {
  test.each([
    ["JPEG", flat(6000, 300).flatten().jpeg(), { content_type: "image/jpeg", extension: "jpg" }],
    ["WebP", flat(6000, 300).webp(), { content_type: "image/webp" }],
    ["still GIF", flat(6000, 300).gif(), { content_type: "image/png", extension: "png" }],
  ])("%s is reduced to 4096 px", async (_, image, facts) => {
    expect((await fit(await image.toBuffer())).facts).toMatchObject({ ...facts, width: 4096, height: 205 });
  });

  test("a transparent PNG stays transparent", async () => {
    const { bytes, facts } = await fit(await flat(4097, 200, 0.5).png().toBuffer());
    expect(facts).toMatchObject({ content_type: "image/png", width: 4096 });
    expect((await sharp(bytes).stats()).isOpaque).toBe(false);
  });

  test("an animation is refused in words", async () => {
    const frames = Buffer.concat([0, 90].map((level) => Buffer.alloc(4200 * 3, level)));
    const film = sharp(frames, { raw: { width: 4200, height: 2, channels: 3, pageHeight: 1 } });
    await expect(fit(await film.gif({ delay: [90, 90] }).toBuffer())).rejects.toMatchObject({
      reason: "too_large",
      message: "An animated image may have at most 4096 × 4096 px and 10 MB.",
    });
  });

  test("a PNG of more than 10 MB becomes a WebP of the same size", async () => {
    const bytes = await noise(1900, 1850, 3).png({ compressionLevel: 0 }).toBuffer();
    expect(bytes.length).toBeGreaterThan(10_000_000);
    const { bytes: fitted, facts } = await fit(bytes);
    expect(facts).toMatchObject({ content_type: "image/webp", width: 1900, height: 1850 });
    expect(fitted.length).toBeLessThan(10_000_000);
  });
});

test("a file that has the structure of an image, but no pixels, is refused", async () => {
  const { undecodablePng } = await import("@/tests/support/images");
  await expect(fit(await undecodablePng())).rejects.toMatchObject({ reason: "unsupported_output" });
});
