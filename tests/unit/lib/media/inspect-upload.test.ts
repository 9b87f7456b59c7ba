import { describe, expect, test } from "vitest";
import { inspectUpload } from "@/lib/media/inspect";
import { avif, IMAGE_WIDTH, IMAGES, noise } from "@/tests/support/images";
import { createSvg } from "@/tests/support/media-files";

describe("an upload", () => {
  const inspect = (bytes: Uint8Array) => inspectUpload(new Blob([new Uint8Array(bytes)]));

  test.each(Object.entries(IMAGES))("may be a %s", async (_, { make, contentType }) => {
    expect(await inspect(await make().toBuffer())).toMatchObject({ content_type: contentType, width: IMAGE_WIDTH });
  });

  test("may not be another file", async () => {
    const others = [await avif(), createSvg(), Buffer.from("<!doctype html>"), Buffer.from("notes")];
    for (const bytes of others) {
      await expect(inspect(bytes)).rejects.toMatchObject({ name: "UnsupportedFile", reason: "unsupported_output" });
    }
  });

  test("may be a JPEG without its end marker, but not an incomplete file", async () => {
    const jpeg = await IMAGES["baseline JPEG"].make().toBuffer();
    expect(await inspect(jpeg.subarray(0, -2))).toMatchObject({ width: IMAGE_WIDTH });
    for (const length of [0, 1, 2000]) {
      await expect(inspect(jpeg.subarray(0, length))).rejects.toMatchObject({ reason: "incomplete" });
    }
  });

  test("may have 50 megapixels, and not one line more", async () => {
    const flat = (height: number) =>
      noise(1, 1).resize(10_000, height, { kernel: "nearest" }).png({ compressionLevel: 1, palette: true }).toBuffer();
    expect(await inspect(await flat(5000))).toMatchObject({ height: 5000 });
    await expect(inspect(await flat(5001))).rejects.toMatchObject({ reason: "too_large" });
  });
});
