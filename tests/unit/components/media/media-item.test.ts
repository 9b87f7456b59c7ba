import { expect, test } from "vitest";
import { mediaItemsOf, textOf } from "@/components/media/media-item";
import { ratioOf } from "@/components/media/aspect-ratio";
import { savedImage, predictionOf } from "../generate/fixtures";

const sources = (changes: Parameters<typeof predictionOf>[0]) =>
  mediaItemsOf(predictionOf(changes)).map(({ src }) => src);

test("a finished prediction shows Replicate's files until they are saved", () => {
  const output = ["https://replicate.delivery/a.png", "https://replicate.delivery/b.png"];
  expect(sources({ status: "succeeded", output })).toEqual(output);
  expect(sources({ status: "succeeded", output, images: [savedImage] })).toEqual([savedImage.url, output[1]]);
});

test("a deleted image is not shown, and the others stay in their places", () => {
  const output = ["/api/media/deleted", savedImage.url, "https://replicate.delivery/c.png"];
  const images = [{ ...savedImage, position: 1 }];
  expect(sources({ status: "succeeded", output, images })).toEqual(output.slice(1));
  expect(sources({ status: "succeeded", output: ["/api/media/deleted"] })).toEqual([]);
});

test("an image that expired before it could be saved is not shown, those that were saved are", () => {
  const output = ["https://replicate.delivery/a.png", "https://replicate.delivery/b.png"];
  expect(sources({ status: "succeeded", output, save_error: "expired" })).toEqual([]);
  expect(sources({ status: "succeeded", output, save_error: "expired", images: [savedImage] })).toEqual([
    savedImage.url,
  ]);
});

test("files are found in outputs of any shape, other text and other schemes are not", () => {
  expect(sources({ output: "https://replicate.delivery/a.png" })).toHaveLength(1);
  expect(sources({ output: { mask: { file: "https://replicate.delivery/m.png" }, note: "done" } })).toHaveLength(1);
  expect(sources({ output: ["javascript:alert(1)", "see https://replicate.delivery/a.png", null, 4] })).toEqual([]);
});

test("the seed is that of the file, else of the input, else of the log", () => {
  const output = "https://replicate.delivery/a.png";
  const seed = (changes: Parameters<typeof predictionOf>[0]) =>
    mediaItemsOf(predictionOf({ output, ...changes }))[0]?.seed;
  expect(seed({ images: [savedImage], input: { seed: 3 } })).toBe(7);
  expect(seed({ input: { seed: 3 } })).toBe(3);
  expect(seed({ logs: "Using seed: 99\n" })).toBe(99);
  expect(seed({})).toBeNull();
});

test("the pieces of a text model are joined", () => {
  expect(textOf(["A ", "fox", "."])).toBe("A fox.");
  expect(textOf(["https://replicate.delivery/a.png"])).toBeNull();
  expect(textOf(null)).toBeNull();
});

test("the aspect ratio of an image is known before it is made", () => {
  expect(ratioOf({ width: 1344, height: 768 })).toBe(1.75);
  expect(ratioOf({ aspect_ratio: "9:21" })).toBeCloseTo(9 / 21);
  expect(ratioOf({ aspect_ratio: "match_input_image" })).toBe(1);
  expect(ratioOf({ width: 0, height: 5 })).toBe(1);
});
