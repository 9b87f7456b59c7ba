import { beforeEach, describe, expect, test, vi } from "vitest";
import type { MediaRow } from "@/lib/media/schema";
import type { saveFile } from "@/lib/media/save-file";
import { saveOutput } from "@/lib/predictions/save-output";
import type { markSaved, postponeRow, releaseLease } from "@/lib/predictions/rows";
import { AppError } from "@/lib/errors";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { stubSettings } from "../stub-settings";
import { imageRow, predictionRow } from "./row";

const step = vi.hoisted(() => ({
  markSaved: vi.fn<typeof markSaved>(),
  releaseLease: vi.fn<typeof releaseLease>(),
  postponeRow: vi.fn<typeof postponeRow>(),
  saveFile: vi.fn<typeof saveFile>(),
  listSavedMedia: vi.fn<() => Promise<MediaRow[]>>(),
}));
vi.mock("@/lib/predictions/rows", () => ({
  markSaved: step.markSaved,
  postponeRow: step.postponeRow,
  releaseLease: step.releaseLease,
}));
vi.mock("@/lib/media/queries", () => ({ listSavedMedia: step.listSavedMedia }));
vi.mock("@/lib/media/save-file", () => ({ saveFile: step.saveFile }));

beforeEach(() => {
  stubSettings({ MAX_FILES_PER_PREDICTION: "15" });
  step.markSaved.mockReset();
  step.releaseLease.mockReset();
  step.postponeRow.mockReset();
  step.saveFile.mockReset().mockResolvedValue(true);
  step.listSavedMedia.mockReset().mockResolvedValue([]);
});

const file = (position: number) => `https://replicate.delivery/a/out-${position}.png`;

test.each([
  ["as many images as were requested", { num_outputs: 2 }, 2, 2, null],
  ["fewer than were requested: the model dropped some", { num_outputs: 3 }, 3, 2, "dropped"],
  ["fewer than an upper limit: nothing is missing", { max_images: 15 }, 15, 2, null],
  ["more than were requested", {}, 1, 15, null],
])("a saved prediction may have %s", async (_, input, requested, count, saveError) => {
  const output = Array.from({ length: count }, (_file, position) => file(position));
  const row = predictionRow({ status: "succeeded", input, image_count: requested, output });
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.markSaved).toHaveBeenLastCalledWith(row, count, saveError);
});

test("a file that is saved or deleted is not downloaded again; one without a thumbnail is", async () => {
  const output = [0, 1, 2, 3].map(file);
  const row = predictionRow({ status: "succeeded", image_count: 4, output, deleted_images: { 1: imageRow().id } });
  const saved = imageRow({ position: 0, thumb_path: "0.thumb.webp" });
  step.listSavedMedia.mockResolvedValue([saved, imageRow({ position: 2 })]);
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.saveFile.mock.calls.map(([{ position, url }]) => [position, url])).toEqual([
    [2, file(2)],
    [3, file(3)],
  ]);
});

test.each([
  ["a video", { kind: "video", content_type: "video/mp4" } as const],
  ["a sound", { kind: "audio", content_type: "audio/mpeg", width: null, height: null } as const],
  ["an SVG", { content_type: "image/svg+xml", width: null, height: null }],
  ["an image with too many pixels", { width: 10_000, height: 6000 }],
])("%s has no thumbnail, is not downloaded again, and is not damaged", async (_, media) => {
  const row = predictionRow({ status: "succeeded", image_count: 1, output: [file(0)] });
  step.listSavedMedia.mockResolvedValue([imageRow({ position: 0, ...media })]);
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.saveFile).not.toHaveBeenCalled();
  expect(step.markSaved).toHaveBeenLastCalledWith(row, 1, null);
});

test.each(["text", ["Hello", " ", "world"], 0.73, 0, false, { score: 1 }, [[]], " "])(
  "an output without files is a result: %j",
  async (output) => {
    const row = predictionRow({ status: "succeeded", image_count: 1, output });
    await saveOutput(row, Date.parse(row.created_at));
    expect(step.markSaved).toHaveBeenCalledExactlyOnceWith(row, 0, null);
    expect(step.saveFile).not.toHaveBeenCalled();
  },
);

test.each([
  ["a text", ["Hello", null]],
  ["files", [file(0), null]],
])("%s that was too large to be stored whole does not count as saved", async (_, output) => {
  const row = predictionRow({ status: "succeeded", image_count: 1, output, output_cut: true });
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.markSaved).not.toHaveBeenCalled();
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, null, "too_large");
});

test("a URL that is text is not saved as a file", async () => {
  const links = ["https://creativecommons.org/x"];
  const row = predictionRow({ status: "succeeded", image_count: 1, output: [...links, file(0)], links });
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.saveFile.mock.calls.map(([{ position, url }]) => [position, url])).toEqual([[0, file(0)]]);
  expect(step.markSaved).toHaveBeenCalledExactlyOnceWith(row, 1, null);
});

test.each([null, "", [], {}])("an output of %j is empty", async (output) => {
  const row = predictionRow({ status: "succeeded", image_count: 1, output });
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, null, "empty_output");
});

test("a file that is too large is reported at once, and the others are saved", async () => {
  const row = predictionRow({ status: "succeeded", image_count: 3, output: [0, 1, 2].map(file) });
  step.saveFile.mockRejectedValueOnce(new UnsupportedFile("too_large", "Larger than 50 MB."));
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.saveFile).toHaveBeenCalledTimes(3);
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, null, "too_large");
});

const data = "data:image/png;base64,AAAA";

test.each([
  ["our storage is unavailable", new AppError("db_unavailable", "")],
  ["our storage is full", new AppError("storage_full", "")],
  ["our disk is full", Object.assign(new Error("ENOSPC"), { syscall: "write" })],
  ["our disk cannot be read", new DOMException("", "NotReadableError")],
])("while %s, a file is tried again every 15 seconds, also after an hour", async (_, error) => {
  const output_expires_at = "2026-01-01T01:00:00Z";
  const row = predictionRow({ status: "succeeded", image_count: 1, output: [data], output_expires_at });
  step.saveFile.mockRejectedValue(error);
  await saveOutput(row, Date.parse(output_expires_at) + 1);
  expect(step.postponeRow).toHaveBeenCalledExactlyOnceWith(row, 15, "retrying");
});

test.each([
  ["a bug is tried again, later and later", data, new TypeError("a bug"), 5, 0, [32, "retrying"]],
  ["a bug ends after an hour", data, new TypeError("a bug"), 5, 1, [null, "unsupported_output"]],
  ["a bug is tried again after an outage of an hour", data, new TypeError("a bug"), 4, 1, [16, "retrying"]],
  ["a broken data URI ends at once", data, new UnavailableFile("unavailable", ""), 0, 0, [null, "unsupported_output"]],
  ["a lost file is tried again", file(0), new UnavailableFile("unavailable", ""), 0, 0, [1, "retrying"]],
  ["a lost file ends after an hour", file(0), new UnavailableFile("unavailable", ""), 0, 1, [null, "expired"]],
] as const)("%s", async (_, url, error, attempts, late, expected) => {
  const output_expires_at = "2026-01-01T01:00:00Z";
  const row = predictionRow({ status: "succeeded", image_count: 1, output: [url], output_expires_at, attempts });
  step.saveFile.mockRejectedValue(error);
  await saveOutput(row, Date.parse(output_expires_at) + late);
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, ...expected);
});

test("a file that cannot be decoded is not downloaded again, and the prediction says that it is damaged", async () => {
  const row = predictionRow({ status: "succeeded", image_count: 2, output: [file(0), file(1)] });
  step.saveFile.mockResolvedValueOnce(false);
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.markSaved).toHaveBeenLastCalledWith(row, 2, "damaged");

  step.saveFile.mockClear();
  step.listSavedMedia.mockResolvedValue([imageRow({ position: 0, width: null, height: null })]);
  await saveOutput(row, Date.parse(row.created_at));
  expect(step.saveFile.mock.calls.map(([{ position }]) => position)).toEqual([1]);
  expect(step.markSaved).toHaveBeenLastCalledWith(row, 2, "damaged");
});

describe("a prediction with more files than the limit", () => {
  const output = Array.from({ length: 20 }, (_file, position) => file(position));
  const saveAndCount = async (changes: object) => {
    const row = predictionRow({ status: "succeeded", output, ...changes });
    await saveOutput(row, Date.parse(row.created_at));
    return step.saveFile.mock.calls.length;
  };

  test("saves the first ones and says that there are more", async () => {
    expect(await saveAndCount({ image_count: 1 })).toBe(15);
    expect(step.saveFile.mock.calls.map(([{ position }]) => position)).toEqual([...output.keys()].slice(0, 15));
    expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(expect.anything(), null, "too_many");
    expect(step.markSaved).not.toHaveBeenCalled();
  });

  test("says so too if one of the first can never be saved, so that the rest can", async () => {
    step.saveFile.mockRejectedValueOnce(new UnsupportedFile("unsupported_output", "Not an image."));
    await saveAndCount({ image_count: 1 });
    expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(expect.anything(), null, "too_many");
  });

  test("saves as many as were requested", async () => {
    expect(await saveAndCount({ image_count: 18 })).toBe(18);
    expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(expect.anything(), null, "too_many");
  });

  test("saves all once the user has asked for it", async () => {
    expect(await saveAndCount({ image_count: 1, save_all: true })).toBe(20);
    expect(step.markSaved).toHaveBeenCalledExactlyOnceWith(expect.anything(), 20, null);
  });
});
