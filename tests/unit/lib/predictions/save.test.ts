import { expect, test, vi } from "vitest";
import { saveOutput } from "@/lib/predictions/save";
import type { markSaved } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({ markSaved: vi.fn<typeof markSaved>() }));
vi.mock("@/lib/predictions/rows", () => ({ markSaved: step.markSaved }));
vi.mock("@/lib/media/queries", () => ({ listSavedMedia: () => Promise.resolve([]) }));
vi.mock("@/lib/media/save", () => ({ saveFile: () => Promise.resolve() }));

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
