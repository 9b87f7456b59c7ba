import { describe, expect, test } from "vitest";
import { IMAGE_HEIGHT, IMAGE_WIDTH, IMAGES } from "../../../support/images";
import { inspectBytes } from "../../../support/inspect-bytes";

const kinds = Object.entries(IMAGES);

describe("a JPEG without its end marker", () => {
  const jpegs = kinds.filter(([kind]) => kind.includes("JPEG"));

  test.each(jpegs)(
    "is whole if its length is the announced one and all of its pixels are there: %s",
    async (_, { make }) => {
      const bytes = (await make().toBuffer()).subarray(0, -2);
      const size = { width: IMAGE_WIDTH, height: IMAGE_HEIGHT };
      expect(await inspectBytes(bytes, { hasFullLength: true })).toMatchObject(size);
      await expect(inspectBytes(bytes)).rejects.toMatchObject({ reason: "incomplete" });
    },
  );

  test.each(jpegs)("is incomplete if pixels are missing too, whatever its length: %s", async (_, { make }) => {
    const bytes = await make().toBuffer();
    const passed = [];
    for (const part of [0.3, 0.5, 0.8, 0.95, 0.99]) {
      const cut = inspectBytes(bytes.subarray(0, Math.floor(bytes.length * part)), { hasFullLength: true });
      if (await cut.catch(() => null)) passed.push(part);
    }
    expect(passed).toEqual([]);
  });
});

describe("a GIF without its end marker", () => {
  const gifs = kinds.filter(([kind]) => kind.includes("GIF"));

  test.each(gifs)("is whole if its length is the announced one: %s", async (_, { make }) => {
    const bytes = (await make().toBuffer()).subarray(0, -1);
    const size = { width: IMAGE_WIDTH, height: IMAGE_HEIGHT };
    expect(await inspectBytes(bytes, { hasFullLength: true })).toMatchObject(size);
    await expect(inspectBytes(bytes)).rejects.toMatchObject({ reason: "incomplete" });
  });

  test.each(gifs)("is incomplete if pixels are missing too, whatever its length: %s", async (_, { make }) => {
    const bytes = await make().toBuffer();
    const passed = [];
    for (const length of [13, Math.floor(bytes.length / 2), bytes.length - 20, bytes.length - 2]) {
      const cut = inspectBytes(bytes.subarray(0, length), { hasFullLength: true });
      if (await cut.catch(() => null)) passed.push(length);
    }
    expect(passed).toEqual([]);
  });
});
