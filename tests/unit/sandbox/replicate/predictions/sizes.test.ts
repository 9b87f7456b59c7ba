import { expect, test } from "vitest";
import { imageSize, videoSize } from "../../../../../sandbox/replicate/predictions/runners/images/sizes.ts";

const photo = { width: 3000, height: 2000 };

test.each([
  ["one megapixel, square, without any wish", {}, null, [1024, 1024]],
  ["a ratio", { aspect_ratio: "16:9" }, null, [1368, 768]],
  ["the ratio of the input image", { aspect_ratio: "match_input_image" }, photo, [1256, 840]],
  ["4K", { resolution: "4K", aspect_ratio: "16:9" }, null, [4096, 2304]],
  ["2K", { size: "2K", aspect_ratio: "1:1" }, null, [2048, 2048]],
  ["megapixels", { resolution: "0.5 MP" }, null, [728, 728]],
  ["megapixels as a text", { megapixels: "0.25" }, null, [512, 512]],
  ["a size in one text", { size: "1536x768" }, null, [1536, 768]],
  ["width and height", { width: 640, height: 360, aspect_ratio: "custom" }, null, [640, 360]],
  ["a ratio before width and height", { width: 640, height: 360, aspect_ratio: "1:1" }, null, [1024, 1024]],
  ["no more than 4096 px", { width: 8192, height: 4096 }, null, [4096, 2048]],
])("an image has %s", (_, input, image, [width, height]) => {
  expect(imageSize(input, image)).toEqual({ width, height });
});

test.each([
  ["720p, wide", {}, null, [640, 360]],
  ["the lines that are asked for", { resolution: "480p", aspect_ratio: "9:16" }, null, [240, 426]],
  ["the ratio of the input image", { resolution: "1080p" }, photo, [810, 540]],
  ["a ratio by name", { aspect_ratio: "portrait" }, null, [360, 640]],
])("a video has half of %s", (_, input, image, [width, height]) => {
  expect(videoSize(input, image)).toEqual({ width, height });
});
