import { expect, test, vi } from "vitest";
import { loadUsualRuns, loadUsualSeconds } from "@/app/dashboard/generate/load-usual-duration-and-ratio";
import { AppError } from "@/lib/errors";
import type { getModelForm } from "@/lib/models/resolve";
import type { listTypicalSeconds } from "@/lib/models/typical-seconds";
import { predictionOf } from "../components/generate/fixtures";

const ask = vi.hoisted(() => ({
  getModelForm: vi.fn<(...given: Parameters<typeof getModelForm>) => Promise<{ makes: string }>>(),
  listTypicalSeconds: vi.fn<typeof listTypicalSeconds>(),
}));
vi.mock("@/lib/models/resolve", () => ask);
vi.mock("@/lib/models/typical-seconds", () => ask);
vi.mock("@/lib/models/allowed-models", () => ({ listEnabledModels: () => [{ id: "a/video" }, { id: "a/text" }] }));

test("the form's model and the models that run now have a frame and a usual time", async () => {
  ask.getModelForm.mockImplementation(async (_, model) => {
    if (model === "a/gone") throw new AppError("unknown_model", "");
    return { makes: "text" };
  });
  const predictions = [
    predictionOf({ model: "a/text", version: "2", status: "processing" }),
    predictionOf({ model: "a/gone", version: null, status: "queued" }),
    predictionOf({ model: "a/done", status: "succeeded" }),
  ];
  const seconds = { "a/video": 40.4, "a/text": 4 };
  const runs = await loadUsualRuns("me", { ref: "a/video:1", makes: "video" }, predictions, seconds);
  expect(runs).toEqual({
    "a/video": { frame: 16 / 9, usual: "usually 40 s" },
    "a/text": { frame: null, usual: "usually 4.0 s" },
  });
  expect(ask.getModelForm.mock.calls).toEqual([
    ["me", "a/text:2"],
    ["me", "a/gone"],
  ]);
});

test("the times of the form's model and of all enabled models are loaded together", async () => {
  ask.listTypicalSeconds.mockResolvedValue({ "a/text": 4 });
  expect(await loadUsualSeconds("a/own:1")).toEqual({ "a/text": 4 });
  expect(ask.listTypicalSeconds).toHaveBeenCalledExactlyOnceWith(["a/own", "a/video", "a/text"]);
});

test("without the times, the frames are still known", async () => {
  ask.listTypicalSeconds.mockRejectedValue(new AppError("db_unavailable", ""));
  const seconds = await loadUsualSeconds("a/image");
  expect(await loadUsualRuns("me", { ref: "a/image", makes: "image" }, [], seconds)).toEqual({
    "a/image": { frame: 1, usual: null },
  });
});
