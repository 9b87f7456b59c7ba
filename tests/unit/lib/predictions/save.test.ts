import { beforeEach, expect, test, vi } from "vitest";
import type { MediaRow } from "@/lib/media/schema";
import type { saveFile } from "@/lib/media/save";
import { saveOutput } from "@/lib/predictions/save";
import type { markSaved } from "@/lib/predictions/rows";
import { imageRow, predictionRow } from "./row";

const step = vi.hoisted(() => ({
  markSaved: vi.fn<typeof markSaved>(),
  saveFile: vi.fn<typeof saveFile>(),
  listSavedMedia: vi.fn<() => Promise<MediaRow[]>>(),
}));
vi.mock("@/lib/predictions/rows", () => ({ markSaved: step.markSaved }));
vi.mock("@/lib/media/queries", () => ({ listSavedMedia: step.listSavedMedia }));
vi.mock("@/lib/media/save", () => ({ saveFile: step.saveFile }));

beforeEach(() => {
  step.saveFile.mockReset().mockResolvedValue();
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
