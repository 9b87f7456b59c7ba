import { expect, test } from "vitest";
import { hasData, mediaItemsOf } from "@/components/media/media-item";
import { ratioOf } from "@/components/media/requested-ratio";
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

test("a URL that is text is no file", () => {
  const output = ["https://example.com", "https://replicate.delivery/a.png"];
  expect(sources({ output, links: ["https://example.com"] })).toEqual(["https://replicate.delivery/a.png"]);
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

test("a speech is named by its text", () => {
  const output = "https://replicate.delivery/a.mp3";
  const prompt = (input: Record<string, unknown>) => mediaItemsOf(predictionOf({ output, input }))[0]?.prompt;
  expect(prompt({ text: "Good morning" })).toBe("Good morning");
  expect(prompt({ prompt: "a calm voice", text: "Good morning" })).toBe("a calm voice");
  expect(prompt({ prompt: 4 })).toBe("");
});

test("a file at Replicate is shown until it expires, a saved one always", () => {
  const output = ["https://replicate.delivery/a.png"];
  const until = (output_expires_at: string, more = {}) =>
    sources({ status: "succeeded", output, output_expires_at, ...more }).length;
  expect(until("2999-01-01T00:00:00.000Z")).toBe(1);
  expect(until("2999-01-01T00:00:00.000Z", { save_error: "expired" })).toBe(0);
  expect(until("2026-01-01T00:00:00.000Z")).toBe(0);
  expect(until("2026-01-01T00:00:00.000Z", { images: [savedImage] })).toBe(1);
});

test("the kind of a file is what was saved, and before that what its URL says", () => {
  const kinds = (output: string[], images = [savedImage].slice(1)) =>
    mediaItemsOf(predictionOf({ output, images })).map(({ kind }) => kind);
  const clip = "https://replicate.delivery/a.webm?token=a.png#b.gif";
  expect(kinds([clip, "https://replicate.delivery/a.GLB", "data:audio/wav;base64,AA", "https://a.example/b"])).toEqual([
    "video",
    "model3d",
    "audio",
    "file",
  ]);
  expect(kinds([clip], [{ ...savedImage, kind: "file" }])).toEqual(["file"]);
});

test("only images and videos have a small image: the thumbnail, the image itself, or the poster", () => {
  const thumbOf = (media: Partial<typeof savedImage>) =>
    mediaItemsOf(predictionOf({ images: [{ ...savedImage, ...media }] }))[0]?.thumb;
  expect(thumbOf({})).toBe(savedImage.thumb_url);
  expect(thumbOf({ thumb_url: null })).toBe(savedImage.url);
  expect(thumbOf({ kind: "video", thumb_url: null })).toBeNull();
  expect(thumbOf({ kind: "video", thumb_url: null, poster_url: "/p" })).toBe("/p");
  expect(thumbOf({ kind: "audio", thumb_url: null })).toBeNull();
});

test("data is everything in an output that is not a file", () => {
  const url = "https://replicate.delivery/a.png";
  const holds = (output: unknown, links: string[] = []) => hasData({ output, links });
  const withData = ["A fox", 0, false, ["A ", "fox"], { image: url, seed: 4 }, [url, "done"], `see ${url}`];
  expect(withData.map((output) => holds(output))).not.toContain(false);
  const without = [url, [url], { image: url, mask: null }, null, undefined, "", [], "data:image/png;base64,AA"];
  expect(without.map((output) => holds(output))).not.toContain(true);
  expect([holds("https://example.com", ["https://example.com"]), holds([url], ["https://example.com"])]).toEqual([
    true,
    false,
  ]);
});

test("the aspect ratio of an image is known before it is made", () => {
  expect(ratioOf({ width: 1344, height: 768 })).toBe(1.75);
  expect(ratioOf({ aspect_ratio: "9:21" })).toBeCloseTo(9 / 21);
  expect(ratioOf({ aspect_ratio: "match_input_image" })).toBe(1);
  expect(ratioOf({ width: 0, height: 5 })).toBe(1);
});
