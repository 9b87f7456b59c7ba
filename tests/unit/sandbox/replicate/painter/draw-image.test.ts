import sharp from "sharp";
import { expect, test } from "vitest";
import { drawImage } from "../../../../../sandbox/replicate/painter/draw-image.ts";
import type { DrawRequest } from "../../../../../sandbox/replicate/painter/scenes/scene.ts";

const asked: DrawRequest = {
  model: "black-forest-labs/flux-dev",
  prompt: "a lighthouse by the sea at dusk",
  seed: 7,
  width: 160,
  height: 128,
  format: "png",
};

function draw(change: Partial<DrawRequest> = {}): Promise<Buffer> {
  return drawImage({ ...asked, ...change });
}

/** Returns the mean values of red, green and blue (0 to 255). */
async function meanColour(bytes: Buffer): Promise<{ red: number; green: number; blue: number }> {
  const { channels } = await sharp(bytes).stats();
  const [red, green, blue] = channels.map(({ mean }) => mean);
  return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0 };
}

test("the same arguments give the same bytes", async () => {
  expect((await draw()).equals(await draw())).toBe(true);
});

test.each<[string, Partial<DrawRequest>]>([
  ["prompt", { prompt: "a lighthouse by the sea at noon" }],
  ["seed", { seed: 8 }],
  ["index", { index: 1 }],
  ["model", { model: "stability-ai/sdxl" }],
  ["negative prompt", { negativePrompt: "clouds, birds" }],
])("another %s gives another image", async (_, change) => {
  expect((await draw(change)).equals(await draw())).toBe(false);
});

test.each([
  [64, 64],
  [65, 130],
  [333, 200],
  [64, 2048],
  [2048, 64],
])("an image of %d × %d px has exactly that size", async (width, height) => {
  const { width: w, height: h } = await sharp(await draw({ width, height })).metadata();
  expect([w, h]).toEqual([width, height]);
});

test.each([
  ["png", "png"],
  ["jpg", "jpeg"],
  ["webp", "webp"],
] as const)("the format %s is written as %s", async (format, written) => {
  expect((await sharp(await draw({ format })).metadata()).format).toBe(written);
});

test("a lower quality makes a smaller jpg and webp", async () => {
  for (const format of ["jpg", "webp"] as const) {
    const [fine, rough] = await Promise.all([draw({ format, quality: 95 }), draw({ format, quality: 30 })]);
    expect(rough.length).toBeLessThan(fine.length / 2);
  }
});

test.each([
  "mountain",
  "the sea",
  "a lake",
  "a forest in the rain",
  "desert",
  "a meadow in snow",
  "city",
  "saturn in space",
  "abstract",
  "abstract shapes",
  "portrait of a woman",
  "an astronaut on the moon",
  "a cat in fog",
  "a white rabbit",
  "flowers",
  "northern lights, aurora",
  "watercolor house",
  "ink boat",
  "oil tree",
  "poster castle",
  "pixel art owl",
  "line art hiker",
  "minimal storm",
])("%s: the image has contrast at the smallest size", async (prompt) => {
  const { channels } = await sharp(await draw({ prompt, width: 64, height: 96 })).stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(8);
});

test("colour words set the colours of the image", async () => {
  const [red, blue, green] = await Promise.all(
    ["red mountains", "blue mountains", "green mountains"].map(async (prompt) => meanColour(await draw({ prompt }))),
  );
  expect(red?.red).toBeGreaterThan((red?.blue ?? 0) + 15);
  expect(blue?.blue).toBeGreaterThan((blue?.red ?? 0) + 15);
  expect(green?.green).toBeGreaterThan(green?.blue ?? 0);
});

test.each(["the alps", "the desert", "aurora over a lake"])("%s in black and white has no colour", async (subject) => {
  const { red, green, blue } = await meanColour(await draw({ prompt: `black and white photo of ${subject}` }));
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(3);
});

test("night is darker than day", async () => {
  const [night, day] = await Promise.all(
    ["a lake at night", "a lake at noon"].map(async (prompt) => meanColour(await draw({ prompt }))),
  );
  expect(night?.green).toBeLessThan((day?.green ?? 0) / 2);
});

test("a negative prompt removes an element", async () => {
  const sky = async (negativePrompt: string) => {
    const bytes = await draw({ prompt: "night over the desert, full moon", negativePrompt });
    const { channels } = await sharp(
      await sharp(bytes).extract({ left: 0, top: 0, width: 160, height: 70 }).toBuffer(),
    ).stats();
    return channels[0]?.max ?? 0;
  };
  expect(await sky("")).toBeGreaterThan(225);
  expect(await sky("moon, stars, clouds")).toBeLessThan(180);
});

test.each([
  ["markup", `</svg><script>alert(1)</script><image href="file:///etc/passwd"/> &amp; "quotes" 'and' \u0000`],
  ["ten kilobytes", "mountain sunset ".repeat(640)],
  ["emoji alone", "🦊🌲🌌 👩🏽‍🚀"],
  ["names of object properties", "constructor __proto__ toString hasOwnProperty"],
  ["nothing", ""],
])("a prompt of %s gives an image", async (_, prompt) => {
  const { width, height } = await sharp(await draw({ prompt, negativePrompt: prompt })).metadata();
  expect([width, height]).toEqual([160, 128]);
});

test("a full-size png is as large as a photograph", async () => {
  for (const prompt of ["mountain lake at dawn", "pixel art castle"]) {
    const bytes = await draw({ prompt, width: 1024, height: 1024 });
    expect(bytes.length).toBeGreaterThan(300_000);
    expect(bytes.length).toBeLessThan(3_000_000);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 1024 });
  }
});
