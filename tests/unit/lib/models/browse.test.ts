import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { getCollection, getModel, listCollections, searchModels } from "@/lib/replicate/client";

const ask = vi.hoisted(() => ({
  searchModels: vi.fn<typeof searchModels>(),
  getCollection: vi.fn<typeof getCollection>(),
  listCollections: vi.fn<typeof listCollections>(),
  getModel: vi.fn<typeof getModel>(),
}));
vi.mock("@/lib/replicate/client", () => ask);
vi.mock("@/lib/env", () => ({
  env: { defaultModel: "stability-ai/sdxl", allowedModels: [], deliveryOrigins: ["https://*.replicate.delivery"] },
}));

const sdxl = {
  owner: "stability-ai",
  name: "sdxl",
  description: "Replicate's own words",
  run_count: 7,
  cover_image_url: "https://tjzk.replicate.delivery/models/cover.png",
};

/** The functions with nothing remembered of the test before. */
async function fresh() {
  vi.resetModules();
  return { ...(await import("@/lib/models/browse")), ...(await import("@/lib/replicate/errors")) };
}

beforeEach(() => {
  vi.useFakeTimers();
  ask.searchModels.mockReset().mockResolvedValue({ next: null, results: [sdxl] });
  ask.getCollection.mockReset();
  ask.listCollections.mockReset();
  ask.getModel.mockReset();
});
afterEach(() => void vi.useRealTimers());

test("what is found says whether it runs here, under the title it has here", async () => {
  const { searchModels } = await fresh();
  const video = { owner: "somebody", name: "video", cover_image_url: "https://evil.example/track.png" };
  ask.searchModels.mockResolvedValue({ next: null, results: [sdxl, video, { owner: "..", name: "x" }] });
  expect((await searchModels("a", null)).models).toEqual([
    {
      model: "stability-ai/sdxl",
      title: "Stable Diffusion XL",
      description: expect.stringContaining("Painterly"),
      cover: sdxl.cover_image_url,
      runs: 7,
      isAvailable: true,
    },
    { model: "somebody/video", title: "video", description: "", cover: null, runs: null, isAvailable: false },
  ]);
});

test.each([
  "http://tjzk.replicate.delivery/a.png",
  "https://replicate.delivery.evil.example/a.png",
  "https://tjzk.replicate.delivery/a.mp4",
  "javascript:alert(1)//a.png",
  "cover.png",
])("no page shows a cover at %s", async (cover_image_url) => {
  const { searchModels } = await fresh();
  ask.searchModels.mockResolvedValue({ next: null, results: [{ ...sdxl, cover_image_url }] });
  expect((await searchModels("a", null)).models).toMatchObject([{ cover: null }]);
});

test("the next page is known by its cursor, and the same question is asked once a minute", async () => {
  const { searchModels } = await fresh();
  const next = "https://api.replicate.com/v1/models?cursor=cD0y";
  ask.searchModels.mockResolvedValueOnce({ next, results: [sdxl] });
  expect(await searchModels("a", null)).toMatchObject({ next: "cD0y" });
  await Promise.all([searchModels("a", null), searchModels("a", "cD0y")]);
  expect(ask.searchModels.mock.calls).toEqual([
    ["a", null],
    ["a", "cD0y"],
  ]);
  vi.advanceTimersByTime(60_000);
  await searchModels("a", null);
  expect(ask.searchModels).toHaveBeenCalledTimes(3);
});

test("a cursor that Replicate does not know ends the list; that it does not answer is said, and asked anew", async () => {
  const { searchModels, ReplicateError } = await fresh();
  ask.searchModels.mockRejectedValueOnce(new ReplicateError("not_found", "Invalid cursor"));
  expect(await searchModels("a", "x")).toEqual({ models: [], next: null });
  ask.searchModels.mockRejectedValueOnce(new ReplicateError("unclear", "r8_token"));
  const refusal: unknown = await searchModels("a", null).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "provider_unavailable" });
  expect(String(refusal)).not.toContain("r8_token");
  expect((await searchModels("a", null)).models).toHaveLength(1);
});

test("a collection has its models; one that there is not, is none", async () => {
  const { getCollection, ReplicateError } = await fresh();
  ask.getCollection.mockResolvedValueOnce({ slug: "text-to-image", name: "Text to image", models: [sdxl] });
  expect(await getCollection("text-to-image")).toMatchObject({ name: "Text to image", models: [{ runs: 7 }] });
  ask.getCollection.mockRejectedValueOnce(new ReplicateError("not_found", ""));
  expect(await getCollection("nothing")).toBeNull();
});

test("the catalogue does not wait long for Replicate, nor do the collections", async () => {
  const { listCatalogue, listCollections } = await fresh();
  ask.getModel.mockReturnValue(new Promise(() => {}));
  ask.listCollections.mockReturnValue(new Promise(() => {}));
  const both = Promise.all([listCatalogue(), listCollections()]);
  await vi.advanceTimersByTimeAsync(1_500);
  const [models, collections] = await both;
  expect(models[0]).toMatchObject({ model: "stability-ai/sdxl", cover: null, runs: null });
  expect(collections).toEqual([]);
});
