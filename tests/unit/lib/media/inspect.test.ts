import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import { IMAGE_HEIGHT, IMAGE_WIDTH, IMAGES, noise } from "../../../support/images";
import { inspectBytes } from "../../../support/inspect-bytes";

const kinds = Object.entries(IMAGES);

/** Returns the error of `inspectBytes`, or null if the bytes are accepted. */
function refusal(bytes: Uint8Array): Promise<unknown> {
  return inspectBytes(bytes).then(
    () => null,
    (error: unknown) => error,
  );
}

const isIncomplete = (error: unknown) => error instanceof UnavailableFile && error.reason === "incomplete";

const hex = (...parts: string[]) => Buffer.from(parts.join(""), "hex");
/** The parts of the smallest JPEG and of the smallest GIF (8 × 8 pixels), in hexadecimal digits. */
const [SOI, FRAME, SCAN, EOI] = ["ffd8", "ffc0000b080008000801011100", "ffda0008010100003f0012", "ffd9"];
const [SCREEN, FRAME_BLOCK, TRAILER] = ["47494638396108000800000000", "2c00000000080008000002014400", "3b"];

function pngHeader(width: number, height: number) {
  const header = Buffer.from("89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000", "hex");
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return header;
}

describe("whole images", () => {
  test.each(kinds)("%s is recognised with its size", async (_kind, { make, contentType }) => {
    const bytes = await make().toBuffer();
    const facts = await inspectBytes(bytes);
    expect(facts).toMatchObject({ content_type: contentType, width: IMAGE_WIDTH, height: IMAGE_HEIGHT });
    expect(contentType).toContain(facts.extension.replace("jpg", "jpeg"));
  });

  test("a view into a larger buffer is read from its own start", async () => {
    const bytes = await IMAGES["plain PNG"].make().toBuffer();
    const larger = Buffer.concat([Buffer.alloc(5, 1), bytes]);
    expect((await inspectBytes(larger.subarray(5))).width).toBe(IMAGE_WIDTH);
  });

  test("bytes after the end of the image are allowed", async () => {
    for (const [, { make }] of kinds) {
      const bytes = Buffer.concat([await make().toBuffer(), Buffer.from("<script>alert(1)</script>")]);
      expect(await refusal(bytes)).toBeNull();
    }
  });

  test.each([
    ["the smallest JPEG", hex(SOI, FRAME, SCAN, EOI)],
    ["a JPEG with fill bytes before its markers", hex(SOI, "ff", FRAME, "ffff", SCAN, "ffff", EOI)],
    ["a JPEG with restart markers and a stuffed byte", hex(SOI, FRAME, SCAN, "ffd012ffd712ff0012ffff0012", EOI)],
    ["a JPEG of several scans", hex(SOI, FRAME, SCAN, SCAN, EOI)],
    ["the smallest GIF", hex(SCREEN, FRAME_BLOCK, TRAILER)],
    ["a GIF with a comment", hex(SCREEN, "21fe026869013000", FRAME_BLOCK, TRAILER)],
  ])("%s is whole", async (_what, bytes) => {
    expect(await refusal(bytes)).toBeNull();
  });
});

describe("incomplete and damaged images", () => {
  test("none of 2,000 cuts over all kinds passes as a whole image", async () => {
    const files = await Promise.all(kinds.map(([, { make }]) => make().toBuffer()));
    const cuts = Math.ceil(2000 / files.length);
    let tried = 0;
    const passed: string[] = [];
    for (const [index, file] of files.entries()) {
      for (let cut = 0; cut < cuts; cut += 1) {
        // The lengths are spread evenly, from an empty file to a file without its last byte.
        const length = Math.floor((cut * (file.length - 1)) / (cuts - 1));
        tried += 1;
        if (!isIncomplete(await refusal(file.subarray(0, length)))) passed.push(`${kinds[index]?.[0]} at ${length}`);
      }
    }
    expect(tried).toBeGreaterThanOrEqual(2000);
    expect(passed).toEqual([]);
  });

  test("an empty file is incomplete, not unsupported: fetching it again may help", async () => {
    expect(isIncomplete(await refusal(new Uint8Array()))).toBe(true);
  });

  test("a wrong checksum of a PNG's text does not matter, that of its colors does", async () => {
    const bytes = await IMAGES["plain PNG"].make().toBuffer();
    const withChunk = (tag: string, content: string) => {
      const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(tag + content, "latin1"), Buffer.alloc(4, 1)]);
      chunk.writeUInt32BE(content.length);
      return Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33)]);
    };
    expect(await inspectBytes(withChunk("tEXt", "Comment\0a fox"))).toMatchObject({ width: IMAGE_WIDTH });
    expect(isIncomplete(await refusal(withChunk("PLTE", "abc")))).toBe(true);
  });

  test("every changed byte of a PNG's pixels is noticed", async () => {
    const bytes = await IMAGES["plain PNG"].make().toBuffer();
    for (let at = 60; at < bytes.length; at += 997) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((bytes.readUInt8(at) + 1) % 256, at);
      expect(isIncomplete(await refusal(changed))).toBe(true);
    }
  });

  // WebP is left out. Its length is in its header, so its structure stays valid if zeros replace the same number of bytes.
  test.each(kinds.filter(([kind]) => !kind.includes("WebP")))(
    "%s with zeros as its second half is damaged",
    async (_kind, { make }) => {
      const bytes = await make().toBuffer();
      expect(isIncomplete(await refusal(bytes.fill(0, Math.floor(bytes.length / 2))))).toBe(true);
    },
  );

  test("a WebP that is longer than its own length says is damaged", async () => {
    const bytes = await IMAGES["lossy WebP"].make().toBuffer();
    bytes.writeUInt32LE(bytes.readUInt32LE(4) - 8, 4);
    expect(isIncomplete(await refusal(bytes))).toBe(true);
  });

  test.each([
    [
      "a PNG without pixels",
      Buffer.concat([pngHeader(8, 8).subarray(0, 33), Buffer.from("0000000049454e44ae426082", "hex")]),
    ],
    ["a JPEG without a frame", hex(SOI, EOI)],
    ["a JPEG without a scan", hex(SOI, FRAME, EOI)],
    ["a JPEG with a scan before its frame", hex(SOI, SCAN.slice(0, -2), FRAME, EOI)],
    ["a JPEG segment that says it is shorter than itself", hex(SOI, FRAME, "ffe00001", SCAN, EOI)],
    ["a JPEG with another byte where a marker should begin", hex(SOI, FRAME, SCAN.replace("ff", "00"), EOI)],
    ["a GIF without an image", hex(SCREEN, TRAILER)],
    ["a GIF with an unknown block", hex(SCREEN, FRAME_BLOCK, "990000", TRAILER)],
    ["a WebP of one unknown chunk", Buffer.from("524946460c000000574542504142434400000000", "hex")],
    [
      "a WebP of settings without pixels",
      Buffer.from("524946461600000057454250565038580a00000000000000070000070000", "hex"),
    ],
  ])("%s is refused", async (_what, bytes) => {
    expect(isIncomplete(await refusal(bytes))).toBe(true);
  });
});

describe("the size of an image", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "is the one that it is shown in, with Exif orientation %i",
    async (orientation) => {
      for (const image of [noise(60, 40).jpeg(), noise(60, 40).webp(), noise(60, 40).png()]) {
        const bytes = await image.withMetadata({ orientation }).toBuffer();
        const size = orientation < 5 ? { width: 60, height: 40 } : { width: 40, height: 60 };
        expect(await inspectBytes(bytes)).toMatchObject(size);
      }
    },
  );

  /** Returns a PNG whose header contains this size, but which has no pixels. */
  const emptyPng = (width: number, height: number) =>
    Buffer.concat([
      pngHeader(width, height).subarray(0, 33),
      hex("000000004944415435af061e", "0000000049454e44ae426082"),
    ]);

  test("is read from its header, however many pixels that names", async () => {
    expect(await inspectBytes(emptyPng(16_000, 16_000))).toMatchObject({ width: 16_000, height: 16_000 });
  });

  test("is unknown if its header cannot be read", async () => {
    const facts = await inspectBytes(emptyPng(0xffffffff, 1));
    expect(facts).toMatchObject({ content_type: "image/png", width: null, height: null });
  });
});
