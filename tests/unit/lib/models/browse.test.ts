import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import type { getCollection, getModel, getReadme, listCollections, searchModels } from "@/lib/replicate/client";
import { findModel } from "./published-models";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const ask = vi.hoisted(() => ({
  searchModels: vi.fn<typeof searchModels>(),
  getCollection: vi.fn<typeof getCollection>(),
  listCollections: vi.fn<typeof listCollections>(),
  getModel: vi.fn<typeof getModel>(),
  getReadme: vi.fn<typeof getReadme>(),
}));
vi.mock("@/lib/replicate/client", () => ask);
vi.mock("@/lib/env", () => ({
  env: () => ({
    REPLICATE_MODEL_VERSION: "stability-ai/sdxl",
    ALLOWED_MODELS: [],
    UNKNOWN_RUN_USD: 0.25,
    REPLICATE_DELIVERY_ORIGINS: ["https://*.replicate.delivery"],
  }),
}));

const sdxl = {
  owner: "stability-ai",
  name: "sdxl",
  description: "Replicate's own words",
  run_count: 7,
  cover_image_url: "https://tjzk.replicate.delivery/models/cover.png",
};

/** Loads the modules again, so that their caches are empty. */
async function fresh() {
  vi.resetModules();
  return { ...(await import("@/lib/models/browse")), ...(await import("@/lib/replicate/errors")) };
}

beforeEach(() => {
  processState.memoryLimits.clear();
  vi.useFakeTimers();
  ask.searchModels.mockReset().mockResolvedValue({ next: null, results: [sdxl] });
  ask.getCollection.mockReset();
  ask.listCollections.mockReset();
  ask.getModel.mockReset();
  ask.getReadme.mockReset();
});
afterEach(() => void vi.useRealTimers());

test("a search result has our own title, and whether the model runs here", async () => {
  const { searchModels } = await fresh();
  const video = { owner: "somebody", name: "video", cover_image_url: "https://evil.example/track.png" };
  ask.searchModels.mockResolvedValue({ next: null, results: [sdxl, video, { owner: "..", name: "x" }] });
  expect((await searchModels(USER, "a", null)).models).toEqual([
    {
      model: "stability-ai/sdxl",
      title: "Stable Diffusion XL",
      description: expect.stringContaining("Painterly"),
      cover: sdxl.cover_image_url,
      runs: 7,
      isAvailable: true,
      kinds: { takes: ["text", "image"], makes: "image" },
      price: expect.objectContaining({ per: "second", usual_usd: 0.0063 }),
      task: "image",
    },
    {
      model: "somebody/video",
      title: "video",
      description: "",
      cover: null,
      runs: null,
      isAvailable: false,
      kinds: null,
      price: { per: "unknown", usd: 0.25 },
    },
  ]);
});

test("a search result says what it takes and makes, if Replicate has sent its document", async () => {
  const { searchModels } = await fresh();
  const { schema } = findModel("zsxkib/mmaudio");
  const latest_version = { id: "7".repeat(64), created_at: "2026-01-01", openapi_schema: schema };
  ask.searchModels.mockResolvedValue({ next: null, results: [{ owner: "somebody", name: "sounds", latest_version }] });
  expect((await searchModels(USER, "a", null)).models).toMatchObject([
    { kinds: { takes: ["text", "video"], makes: "video" } },
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
  expect((await searchModels(USER, "a", null)).models).toMatchObject([{ cover: null }]);
});

test("a search returns the next cursor, and is cached for a minute", async () => {
  const { searchModels } = await fresh();
  const next = "https://api.replicate.com/v1/models?cursor=cD0y";
  ask.searchModels.mockResolvedValueOnce({ next, results: [sdxl] });
  expect(await searchModels(USER, "a", null)).toMatchObject({ next: "cD0y" });
  await Promise.all([searchModels(USER, "a", null), searchModels(USER, "a", "cD0y")]);
  expect(ask.searchModels.mock.calls).toEqual([
    ["a", null],
    ["a", "cD0y"],
  ]);
  vi.advanceTimersByTime(60_001);
  await searchModels(USER, "a", null);
  expect(ask.searchModels).toHaveBeenCalledTimes(3);
});

test("an unknown cursor ends the list; a failure is an error and not cached", async () => {
  const { searchModels, ReplicateError } = await fresh();
  ask.searchModels.mockRejectedValueOnce(new ReplicateError("not_found", "Invalid cursor"));
  expect(await searchModels(USER, "a", "x")).toEqual({ models: [], next: null });
  ask.searchModels.mockRejectedValueOnce(new ReplicateError("unclear", "r8_token"));
  const refusal: unknown = await searchModels(USER, "a", null).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "provider_unavailable" });
  expect(String(refusal)).not.toContain("r8_token");
  expect((await searchModels(USER, "a", null)).models).toHaveLength(1);
});

test("a collection has its models; an unknown one is null", async () => {
  const { getCollection, ReplicateError } = await fresh();
  ask.getCollection.mockResolvedValueOnce({ slug: "text-to-image", name: "Text to image", models: [sdxl] });
  expect(await getCollection(USER, "text-to-image")).toMatchObject({ name: "Text to image", models: [{ runs: 7 }] });
  ask.getCollection.mockRejectedValueOnce(new ReplicateError("not_found", ""));
  expect(await getCollection(USER, "nothing")).toBeNull();
});

test("the featured models and the collections do not wait long for Replicate", async () => {
  const { listFeatured, listCollections } = await fresh();
  ask.getModel.mockReturnValue(new Promise(() => {}));
  ask.listCollections.mockReturnValue(new Promise(() => {}));
  const both = Promise.all([listFeatured(), listCollections()]);
  await vi.advanceTimersByTimeAsync(1_500);
  const [models, collections] = await both;
  expect(models[0]).toMatchObject({
    model: "prunaai/z-image-turbo",
    task: "image",
    cover: null,
    runs: null,
    kinds: { takes: ["text"], makes: "image" },
  });
  expect(collections).toEqual([]);
});

test("a README is optional: none is shown if there is none, or if Replicate is slow or unavailable", async () => {
  const { getReadme, ReplicateError } = await fresh();
  ask.getReadme.mockResolvedValueOnce("# Fox");
  expect(await getReadme("a/b")).toBe("# Fox");
  ask.getReadme.mockRejectedValueOnce(new ReplicateError("not_found", ""));
  expect([await getReadme("a/none"), await getReadme("a/none")]).toEqual([null, null]);
  expect(ask.getReadme).toHaveBeenCalledTimes(2);
  ask.getReadme.mockRejectedValueOnce(new ReplicateError("unclear", ""));
  expect(await getReadme("a/down")).toBeNull();
  ask.getReadme.mockReturnValueOnce(new Promise(() => {}));
  const slow = getReadme("a/slow");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await slow).toBeNull();
});

test("too many different searches of one user are limited, also for collections; the featured models are not", async () => {
  const { getCollection, listFeatured, searchModels } = await fresh();
  ask.getModel.mockResolvedValue(sdxl);
  for (let n = 0; n < 30; n++) await searchModels(USER, `words ${n}`, null);
  const refused = { code: "rate_limited", retryAfter: 1 };
  await expect(searchModels(USER, "words 30", null)).rejects.toMatchObject(refused);
  await expect(getCollection(USER, "text-to-image")).rejects.toMatchObject(refused);
  expect((await searchModels(USER, "words 29", null)).models).toHaveLength(1);
  expect((await listFeatured())[0]).toMatchObject({ runs: 7 });
  vi.advanceTimersByTime(1000);
  expect((await searchModels(USER, "words 30", null)).models).toHaveLength(1);
});
