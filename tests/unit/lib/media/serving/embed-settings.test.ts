import sharp from "sharp";
import { expect, test } from "vitest";
import { embedSettings, START } from "@/lib/media/serving/embed-settings";
import { readSettings, type Settings } from "@/lib/media/read-embedded-settings";
import { IMAGES } from "@/tests/support/images";
import { inspectBytes } from "@/tests/support/inspect-bytes";

const settings: Settings = {
  prompt: 'a "red" fox & <its> ]]> \n cub, 雨の狐 🦊 \\ &quot;',
  model: "stability-ai/sdxl",
  version: "7762fd07",
  input: { prompt: "a fox", num_inference_steps: 30, refine: null, list: [1, "two"] },
  seed: 42,
  created_at: "2026-11-21T14:32:09.500Z",
};

async function embedded(bytes: Uint8Array, written = settings) {
  const row = { ...(await inspectBytes(bytes)), bytes: bytes.length };
  const place = embedSettings(row, bytes.subarray(0, START), written);
  return place && Buffer.concat([place.head, bytes.subarray(place.cut), place.tail]);
}

const pixels = (bytes: Uint8Array) => sharp(bytes, { animated: true }).raw().toBuffer();
const withoutGif = Object.entries(IMAGES).filter(([, { contentType }]) => contentType !== "image/gif");

test.each(withoutGif)("settings come out of a %s as they went in, and its pixels are the same", async (_, { make }) => {
  const original = await make().toBuffer();
  expect(readSettings(original)).toBeNull();
  const bytes = (await embedded(original)) ?? original;
  expect(readSettings(bytes)).toEqual(settings);
  const { extension, content_type, width, height } = await inspectBytes(original);
  expect(await inspectBytes(bytes)).toMatchObject({ extension, content_type, width, height });
  expect((await pixels(bytes)).equals(await pixels(original))).toBe(true);
});

test("what an XMP reader finds is well-formed", async () => {
  const bytes = (await embedded(await IMAGES["lossy WebP"].make().toBuffer())) ?? Buffer.alloc(0);
  const { xmpAsString } = await sharp(bytes).metadata();
  expect(xmpAsString).toContain("darkroom:parameters=");
  // Each of the eight attributes has two quotation marks. Those in the text itself are escaped.
  expect(xmpAsString?.match(/"/g)?.length).toBe(16);
});

test("where they do not fit, the file stays as it is", async () => {
  expect(await embedded(await IMAGES["still GIF"].make().toBuffer())).toBeNull();
  const long = { ...settings, prompt: "x".repeat(66_000) };
  expect(await embedded(await IMAGES["baseline JPEG"].make().toBuffer(), long)).toBeNull();
  const png = await embedded(await IMAGES["plain PNG"].make().toBuffer(), long);
  expect(readSettings(png ?? Buffer.alloc(0))).toEqual(long);
  const webp = (await embedded(await IMAGES["lossy WebP"].make().toBuffer())) ?? Buffer.alloc(0);
  expect(await embedded(webp)).toBeNull();
});

test("any bytes at all are read without an error", async () => {
  const files = await Promise.all(withoutGif.map(async ([, { make }]) => embedded(await make().toBuffer())));
  for (const file of files) {
    for (let cut = 0; cut < 2000; cut += 13) readSettings(file!.subarray(0, cut));
    const mangled = Uint8Array.from(file!, (byte, index) => (index % 97 === 5 ? 255 - byte : byte));
    expect(() => readSettings(mangled)).not.toThrow();
  }
  for (const text of ["", "\x89PNG\r\n\x1a\n", "RIFF....WEBP", "\xff\xd8\xff\xe1"]) {
    expect(readSettings(Buffer.from(text, "latin1"))).toBeNull();
  }
});
