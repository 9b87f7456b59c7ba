import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import { cleanImage } from "@/lib/media/metadata/clean-image";
import { inspectFile } from "@/lib/media/inspect";
import { IMAGES, noise } from "@/tests/support/images";

const PLACE = "52.5, 13.4 Invalidenstraße";
const exif = { IFD0: { ImageDescription: PLACE, Copyright: PLACE }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } };
const inspect = (bytes: Uint8Array<ArrayBuffer>) =>
  inspectFile({ blob: new Blob([bytes]), hasFullLength: false, extension: null });
const pixels = (bytes: Uint8Array) => sharp(bytes, { pages: -1 }).raw().toBuffer();

describe.each(Object.entries(IMAGES))("a %s", (_, { make, contentType }) => {
  const clean = (bytes: Uint8Array) => {
    const cleaned = cleanImage(bytes, contentType);
    if (!cleaned) throw new Error("It was not cleaned.");
    return cleaned;
  };

  test("keeps its pixels and its structure, and what follows it is gone", async () => {
    const bytes = await make().toBuffer();
    const { bytes: cleaned, orientation } = clean(Buffer.concat([bytes, Buffer.from("<script>PK\x05\x06")]));
    expect(orientation).toBe(1);
    expect(Buffer.from(cleaned).includes("<script>")).toBe(false);
    expect(await inspect(cleaned)).toMatchObject({ content_type: contentType });
    expect((await pixels(cleaned)).equals(await pixels(bytes))).toBe(true);
    expect(Buffer.from(clean(cleaned).bytes).equals(Buffer.from(cleaned))).toBe(true);
  });

  test("says whether it is animated", async () => {
    expect(clean(await make().toBuffer()).isAnimated).toBe(_.startsWith("animated"));
  });

  test("is cleaned or refused wherever it is cut off, and no other error is thrown", async () => {
    const bytes = await make().toBuffer();
    const reasons = new Set<unknown>();
    for (let end = 14; end < bytes.length - 2; end += 97) {
      try {
        clean(bytes.subarray(0, end));
      } catch (error) {
        reasons.add(error instanceof UnavailableFile && error.reason);
      }
    }
    expect([...reasons]).toEqual(["incomplete"]);
  });
});

const withMetadata = {
  "image/jpeg": (image: ReturnType<typeof noise>) => image.jpeg(),
  "image/png": (image: ReturnType<typeof noise>) => image.png(),
  "image/webp": (image: ReturnType<typeof noise>) => image.webp(),
};

test.each(Object.entries(withMetadata))("%s loses Exif and XMP, and tells its orientation", async (type, encode) => {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><p>${PLACE}</p></x:xmpmeta>`;
  const tagged = noise(96, 64).withMetadata({ orientation: 6 }).withExifMerge(exif).withXmp(xmp);
  const bytes = await encode(tagged).toBuffer();
  expect(bytes.includes("Invalidenstra")).toBe(true);
  const before = Buffer.from(bytes);
  const cleaned = cleanImage(bytes, type);
  expect(bytes.equals(before)).toBe(true);
  expect(cleaned?.orientation).toBe(6);
  expect(Buffer.from(cleaned?.bytes ?? []).includes("Invalidenstra")).toBe(false);
  const { exif: left, xmp: leftXmp, orientation } = await sharp(cleaned?.bytes).metadata();
  expect([left, leftXmp, orientation]).toEqual([undefined, undefined, undefined]);
});

test.each(Object.entries(withMetadata))("%s keeps its color profile", async (type, encode) => {
  const bytes = await encode(noise(96, 64).withIccProfile("p3").withExif(exif)).toBuffer();
  const { icc } = await sharp(cleanImage(bytes, type)?.bytes).metadata();
  expect(icc?.equals((await sharp(bytes).metadata()).icc ?? Buffer.alloc(0))).toBe(true);
});

test("the comments of a GIF are removed, and how often it repeats is kept", async () => {
  const bytes = await IMAGES["animated GIF"].make().toBuffer();
  const comment = Buffer.concat([
    Buffer.from([0x21, 0xfe, PLACE.length]),
    Buffer.from(PLACE, "latin1"),
    Buffer.from([0]),
  ]);
  const commented = Buffer.concat([bytes.subarray(0, -1), comment, bytes.subarray(-1)]);
  const cleaned = Buffer.from(cleanImage(commented, "image/gif")?.bytes ?? []);
  expect(cleaned.includes("NETSCAPE2.0")).toBe(true);
  expect(cleaned.includes("Invalidenstra")).toBe(false);
});

test("a GIF without its end marker gets one", async () => {
  const bytes = await IMAGES["animated GIF"].make().toBuffer();
  expect(cleanImage(bytes.subarray(0, -1), "image/gif")).toEqual(cleanImage(bytes, "image/gif"));
});

test("a JPEG without its end marker gets one", async () => {
  const bytes = await IMAGES["baseline JPEG"].make().toBuffer();
  const cleaned = cleanImage(bytes.subarray(0, -2), "image/jpeg");
  expect(Buffer.from(cleaned?.bytes ?? []).equals(bytes)).toBe(true);
});

test("other files are not cleaned", () => {
  expect(cleanImage(Buffer.from("<svg/>"), "image/svg+xml")).toBeNull();
});

test.each([
  ["of no bytes", []],
  ["whose directory is outside", [0x49, 0x49, 42, 0, 255, 255, 0, 0]],
  ["with an unknown value", [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 9, 0, 0]],
])("Exif %s says nothing", async (_, bytes) => {
  const { readOrientation } = await import("@/lib/media/metadata/orientation");
  expect(readOrientation(new Uint8Array(bytes))).toBe(1);
});
