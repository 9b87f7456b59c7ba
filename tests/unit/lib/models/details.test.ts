import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { getModel, getVersion, listVersions } from "@/lib/replicate/client";
import { documentOf } from "./documents";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const ask = vi.hoisted(() => ({
  getModel: vi.fn<typeof getModel>(),
  getVersion: vi.fn<typeof getVersion>(),
  listVersions: vi.fn<typeof listVersions>(),
}));
vi.mock("@/lib/replicate/client", async (original) => ({ ...(await original<object>()), ...ask }));
vi.mock("@/lib/env", () => ({
  env: () => ({
    REPLICATE_MODEL_VERSION: "stability-ai/sdxl",
    ALLOWED_MODELS: [],
    UNKNOWN_RUN_USD: 0.25,
    REPLICATE_DELIVERY_ORIGINS: ["https://replicate.delivery", "https://*.replicate.delivery"],
  }),
}));

const [NEW, OLD] = ["a".repeat(64), "b".repeat(64)];
const newest = { id: NEW, created_at: "2026-01-02", openapi_schema: documentOf("cjwbw/rembg") };
const model = { owner: "somebody", name: "cutter", visibility: "public", latest_version: newest };

async function fresh() {
  vi.resetModules();
  return { ...(await import("@/lib/models/details")), ...(await import("@/lib/replicate/errors")) };
}

beforeEach(() => {
  ask.getModel.mockReset().mockResolvedValue(model);
  ask.getVersion
    .mockReset()
    .mockImplementation((_, id) =>
      Promise.resolve({ id, created_at: "2025-01-02", openapi_schema: documentOf("stability-ai/sdxl") }),
    );
  ask.listVersions.mockReset().mockResolvedValue({ results: [newest, { id: OLD, created_at: "2025-01-02" }] });
});

test("a model's page shows the newest version's inputs, or those of the given version", async () => {
  const { getModelDetails } = await fresh();
  const details = await getModelDetails(USER, "somebody/cutter", null);
  expect(details).toMatchObject({
    model: "somebody/cutter",
    isAvailable: false,
    version: NEW,
    fields: [{ name: "image" }],
  });
  expect(details.versions).toEqual([
    { id: NEW, createdAt: "2026-01-02" },
    { id: OLD, createdAt: "2025-01-02" },
  ]);
  expect(ask.getVersion).not.toHaveBeenCalled();
  const old = await getModelDetails(USER, "somebody/cutter", OLD);
  expect([old.version, old.fields[0]?.name]).toEqual([OLD, "prompt"]);
});

test("a featured model shows the version that runs here", async () => {
  const { getModelDetails } = await fresh();
  ask.getModel.mockResolvedValue({ ...model, owner: "stability-ai", name: "sdxl" });
  await getModelDetails(USER, "stability-ai/sdxl", null);
  expect(ask.getVersion).toHaveBeenCalledExactlyOnceWith("stability-ai/sdxl", expect.stringMatching(/^7762fd07/));
});

test("an official model has no versions, and only http(s) links", async () => {
  const { getModelDetails, ReplicateError } = await fresh();
  ask.listVersions.mockRejectedValue(new ReplicateError("not_found", ""));
  const links = { github_url: "javascript:alert(1)", paper_url: "https://arxiv.org/abs/1" };
  ask.getModel.mockResolvedValue({ ...model, ...links, is_official: true });
  const details = await getModelDetails(USER, "somebody/cutter", null);
  expect(details).toMatchObject({ version: null, versions: [], links: [{ label: "Paper" }] });
});

test("a page says what the shown version takes and makes, what it costs and on which hardware it runs", async () => {
  const { getModelDetails } = await fresh();
  expect(await getModelDetails(USER, "somebody/cutter", null)).toMatchObject({
    kinds: { takes: ["image"], makes: "image" },
    price: { per: "unknown", usd: 0.25 },
    hardware: null,
  });
  expect(await getModelDetails(USER, "somebody/cutter", OLD)).toMatchObject({ kinds: { takes: ["text", "image"] } });
  ask.getModel.mockResolvedValue({ ...model, owner: "sczhou", name: "codeformer" });
  expect(await getModelDetails(USER, "sczhou/codeformer", null)).toMatchObject({
    price: { per: "second", usual_usd: 0.0049, date: "2026-07-22" },
    hardware: "Nvidia L40S",
  });
});

describe("the example", () => {
  const url = "https://replicate.delivery/xezq/a.webp";
  const answer = vi.fn<typeof fetch>();
  beforeEach(() => vi.stubGlobal("fetch", answer.mockReset().mockResolvedValue(new Response(null))));
  afterEach(() => vi.unstubAllGlobals());

  async function exampleOf(default_example: object | null) {
    const { getModelDetails } = await fresh();
    ask.getModel.mockResolvedValue({ ...model, default_example } as Awaited<ReturnType<typeof getModel>>);
    return (await getModelDetails(USER, "somebody/cutter", null)).example;
  }

  test("has the files that Replicate still has, at most four", async () => {
    const gone = "https://a.replicate.delivery/gone.webp";
    answer.mockImplementation(async (asked) => new Response(null, { status: asked === gone ? 404 : 200 }));
    const output = [url, gone, url, url, url];
    expect(await exampleOf({ input: { prompt: "a fox" }, output })).toEqual({
      input: { prompt: "a fox" },
      files: [url, url, url],
      text: null,
    });
    expect(answer).toHaveBeenCalledTimes(4);
    expect(answer).toHaveBeenCalledWith(url, expect.objectContaining({ method: "HEAD", redirect: "error" }));
  });

  test.each([
    "https://evil.example/a.webp",
    "http://127.0.0.1/a.webp",
    "data:image/png;base64,AA",
    "https://x@replicate.delivery/a",
  ])("never requests or shows %s", async (other) => {
    expect(await exampleOf({ input: {}, output: { file: other } })).toMatchObject({ files: [] });
    expect(answer).not.toHaveBeenCalled();
  });

  test("is shown without files while they cannot be reached", async () => {
    answer.mockRejectedValue(new TypeError("no network"));
    expect(await exampleOf({ input: {}, output: url })).toEqual({ input: {}, files: [], text: null });
  });

  test.each([
    [["A", " fox"], "A fox"],
    ["A fox", "A fox"],
    ["x".repeat(5000), "x".repeat(2000)],
    [{ text: "fox" }, '{\n  "text": "fox"\n}'],
    [[0.5, 1], "[\n  0.5,\n  1\n]"],
    [null, null],
    [undefined, null],
  ])("with the output %j has the text %j", async (output, text) => {
    expect(await exampleOf({ input: {}, output })).toEqual({ input: {}, files: [], text });
  });

  test("is left out if it is missing or its input is very long", async () => {
    expect(await exampleOf(null)).toBeNull();
    expect(await exampleOf({ input: { prompt: "x".repeat(20_000) }, output: url })).toBeNull();
  });
});

test("a missing model is unknown; a failure of Replicate is not", async () => {
  const { getModelDetails, ReplicateError } = await fresh();
  ask.getModel.mockRejectedValueOnce(new ReplicateError("not_found", ""));
  await expect(getModelDetails(USER, "a/b", null)).rejects.toMatchObject({ code: "unknown_model" });
  ask.getModel.mockRejectedValueOnce(new ReplicateError("unclear", ""));
  await expect(getModelDetails(USER, "a/b", null)).rejects.toMatchObject({ code: "provider_unavailable" });
  await expect(getModelDetails(USER, "a/b", null)).resolves.toMatchObject({ model: "somebody/cutter" });
});

test("pages of too many different models are limited for one user", async () => {
  const { getModelDetails } = await fresh();
  for (let n = 0; n < 30; n++) await getModelDetails("somebody hasty", `a/b${n}`, null);
  await expect(getModelDetails("somebody hasty", "a/b30", null)).rejects.toMatchObject({ code: "rate_limited" });
  await expect(getModelDetails("somebody hasty", "a/b29", null)).resolves.toMatchObject({ model: "somebody/cutter" });
});
