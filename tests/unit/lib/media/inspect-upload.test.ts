import { describe, expect, test } from "vitest";
import { inspectImage, inspectUpload } from "@/lib/media/inspect";
import { avif, IMAGE_WIDTH, IMAGES, noise, undecodablePng } from "@/tests/support/images";
import { createSvg, MEDIA_FILES } from "@/tests/support/media-files";

const blobOf = (bytes: Uint8Array | string) => new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)]);
const inspect = (bytes: Uint8Array | string, extension: string | null = null) =>
  inspectUpload(blobOf(bytes), extension);

const tiff = await noise(8, 8).tiff().toBuffer();
const still = await avif();

describe("an upload", () => {
  test.each(Object.entries(IMAGES))("may be a %s", async (_, { make, contentType }) => {
    expect(await inspect(await make().toBuffer())).toMatchObject({ content_type: contentType, width: IMAGE_WIDTH });
  });

  test.each(Object.entries(MEDIA_FILES).filter(([name]) => name !== "AVIF"))(
    "may be a %s",
    async (_, { make, facts }) => {
      expect(await inspect(await make(), facts.extension ?? null)).toMatchObject(facts);
    },
  );

  test.each([
    ["an SVG", createSvg(), "png", { content_type: "image/svg+xml", extension: "svg" }],
    ["a text", Buffer.from("a,b\n1,2\n"), "csv", { content_type: "text/plain", extension: "csv" }],
    ["a text without a name", Buffer.from("notes"), null, { content_type: "text/plain", extension: "txt" }],
    ["a text with the name of an image", Buffer.from("notes"), "png", { content_type: "text/plain", extension: "txt" }],
    ["a page", Buffer.from("<!doctype html><p>a"), "html", { content_type: "text/plain", extension: "html" }],
    ["a script", Buffer.from("alert(1)"), "js", { content_type: "text/plain", extension: "bin" }],
    ["weights", Buffer.from([9, 0, 0, 0, 0, 0]), "safetensors", { content_type: "application/octet-stream" }],
    [
      "a TIFF, which may be a scanned document",
      tiff,
      "tif",
      { content_type: "application/octet-stream", extension: "tif" },
    ],
    ["unknown bytes", Buffer.from([9, 0, 0, 0, 0, 0]), null, { extension: "bin" }],
  ])("may be %s", async (_, bytes, extension, facts) => {
    expect(await inspect(bytes, extension)).toMatchObject(facts);
  });

  test.each([
    [
      "HEIC",
      Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
      /HEIC images.*iPhone, choose Settings, Camera, Formats/,
    ],
    [
      "BMP",
      Buffer.concat([Buffer.from("BM\x46\0\0\0\0\0\0\0"), Buffer.alloc(60)]),
      /BMP images.*Save the image as JPEG or PNG/,
    ],
    ["AVIF", still, /AVIF images/],
  ])("may not be a %s, and the error says what to do", async (_, bytes, message) => {
    const reason = "unsupported_output";
    await expect(inspect(bytes)).rejects.toMatchObject({
      name: "UnsupportedFile",
      reason,
      message: expect.stringMatching(message),
    });
  });

  test("may be a GIF without its end marker", async () => {
    const gif = await IMAGES["animated GIF"].make().toBuffer();
    expect(await inspect(gif.subarray(0, -1))).toMatchObject({ width: IMAGE_WIDTH });
  });

  test("may be a JPEG without its end marker, but not an incomplete or empty file", async () => {
    const jpeg = await IMAGES["baseline JPEG"].make().toBuffer();
    expect(await inspect(jpeg.subarray(0, -2))).toMatchObject({ width: IMAGE_WIDTH });
    for (const length of [0, 1, 2000]) {
      await expect(inspect(jpeg.subarray(0, length))).rejects.toMatchObject({ reason: "incomplete" });
    }
  });

  test("may have 50 megapixels, and not one line more", async () => {
    expect(await inspect(await undecodablePng(10_000, 5000))).toMatchObject({ height: 5000 });
    await expect(inspect(await undecodablePng(10_000, 5001))).rejects.toMatchObject({ reason: "too_large" });
  });
});

test("a frame of a video may only be an image that the server can decode", async () => {
  expect(await inspectImage(blobOf(await IMAGES["plain PNG"].make().toBuffer()))).toMatchObject({ width: IMAGE_WIDTH });
  for (const bytes of [still, createSvg(), "<!doctype html>", "notes"]) {
    await expect(inspectImage(blobOf(bytes))).rejects.toMatchObject({ reason: "unsupported_output" });
  }
});
