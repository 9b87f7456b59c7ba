import sharp from "sharp";
import { expect, test } from "vitest";
import { removeBackground } from "../../../../../sandbox/replicate/painter/image-tools/remove-background.ts";
import { restoreFaces, upscale } from "../../../../../sandbox/replicate/painter/image-tools/upscale.ts";

const image = sharp({ create: { width: 160, height: 128, channels: 3, background: "teal" } }).png();

test("upscale multiplies the size", async () => {
  const { width, height, format } = await sharp(await upscale(await image.clone().toBuffer(), 2)).metadata();
  expect([width, height, format]).toEqual([320, 256, "png"]);
});

test("upscale stops at 4096 px and preserves the aspect ratio", async () => {
  const wide = await sharp({ create: { width: 1024, height: 256, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  const { width, height } = await sharp(await upscale(wide, 10)).metadata();
  expect([width, height]).toEqual([4096, 1024]);
});

test("restoreFaces removes speckle and scales", async () => {
  const flat = sharp({ create: { width: 60, height: 40, channels: 3, background: "#808080" } });
  const speck = await sharp({ create: { width: 1, height: 1, channels: 3, background: "white" } })
    .png()
    .toBuffer();
  const speckled = await flat
    .composite([{ input: speck, left: 30, top: 20 }])
    .png()
    .toBuffer();
  const restored = await restoreFaces(speckled, 2);
  const { width, height } = await sharp(restored).metadata();
  expect([width, height]).toEqual([120, 80]);
  expect((await sharp(restored).stats()).channels[0]?.max).toBeLessThan(140);
});

test("removeBackground removes the colour of the border and leaves the subject with a soft edge", async () => {
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#dde"/><circle cx="40" cy="40" r="20" fill="#a21"/></svg>`;
  const cut = await removeBackground(await sharp(Buffer.from(disc)).png().toBuffer());
  const { data, info } = await sharp(cut).raw().toBuffer({ resolveWithObject: true });
  const alphaAt = (x: number, y: number) => data[(y * 80 + x) * 4 + 3];
  expect([info.width, info.height, info.channels]).toEqual([80, 80, 4]);
  expect([alphaAt(2, 2), alphaAt(40, 40)]).toEqual([0, 255]);
  expect(data.some((value, at) => at % 4 === 3 && value > 0 && value < 255)).toBe(true);
});

test("removeBackground leaves transparent pixels transparent", async () => {
  const clear = await sharp({
    create: { width: 8, height: 8, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  })
    .png()
    .toBuffer();
  expect((await sharp(await removeBackground(clear)).stats()).channels[3]?.max).toBe(0);
});
