import { expect, test, vi } from "vitest";
import { connect } from "../../lib/replicate/connect";
import { SDXL, serve, small } from "./serve.ts";

// Tests the client of lib/replicate with the sandbox, which responds as Replicate does.
const MODEL = "stability-ai/sdxl";
const FLUX = "black-forest-labs/flux-schnell";
const CREATE = { model: MODEL, version: SDXL, input: { prompt: "a fox", ...small }, webhook: null };

async function start() {
  const sandbox = await serve();
  return { ...sandbox, client: await connect(`${sandbox.origin}/v1`) };
}

test("a prediction is made, followed to its images and found in the list", async () => {
  const { client, origin } = await start();
  const { id } = await client.createPrediction(CREATE);
  await vi.waitUntil(async () => (await client.getPrediction(id)).status === "succeeded", { timeout: 4000 });
  expect(await client.getPrediction(id)).toMatchObject({ output: [expect.stringContaining(origin)], error: null });
  expect(await client.listPredictionsSince(0)).toMatchObject([{ id, version: SDXL }]);
});

test("a cancellation answers with the prediction as it stands", async () => {
  const { client } = await start();
  const { id } = await client.createPrediction({ ...CREATE, input: { ...CREATE.input, prompt: "[slow] fox" } });
  expect(await client.cancelPrediction(id)).toMatchObject({ id, status: "canceled" });
});

test("an official model runs without a version; models and versions bring their schemas", async () => {
  const { client } = await start();
  const input = { prompt: "sea", megapixels: "0.25" };
  expect(await client.createPrediction({ ...CREATE, model: FLUX, version: null, input })).toMatchObject({
    model: FLUX,
  });
  expect(await client.getModel(FLUX)).toMatchObject({ is_official: true, latest_version: { openapi_schema: {} } });
  const version = await client.getVersion(MODEL, SDXL);
  expect(version.openapi_schema?.components.schemas["Input"]).toHaveProperty("properties.prompt");
});

test("what does not exist is not found", async () => {
  const { client } = await start();
  for (const asked of [client.getModel("a/b"), client.getVersion(MODEL, "0".repeat(64)), client.getPrediction("x")]) {
    await expect(asked).rejects.toMatchObject({ kind: "not_found" });
  }
});

test("a refused input comes back with its fields", async () => {
  const { client, ledger } = await start();
  const refused = client.createPrediction({ ...CREATE, input: { prompt: "a fox", num_outputs: 9 } });
  await expect(refused).rejects.toMatchObject({
    kind: "rejected",
    invalidFields: [{ field: "input.num_outputs", type: "number_lte", description: expect.any(String) }],
  });
  expect((await ledger()).predictions).toEqual([]);
});

test.each([
  ["accepted, and the connection lost", { drop: "after" }, 1, "unclear"],
  ["accepted, and a 502", { status: 502, accepted: true }, 1, "unclear"],
  ["accepted, and an answer cut short", { body: "invalid_json" }, 1, "unreadable"],
  ["accepted, and an answer of five megabytes", { body: "huge" }, 1, "unclear"],
  ["lost before it arrived", { drop: "before" }, 0, "unclear"],
  ["throttled", { status: 429, retry_after: 7 }, 0, "throttled"],
])("a create that is %s starts no second one", async (_, create, started, kind) => {
  const { client, faults, ledger } = await start();
  await faults({ create });
  await expect(client.createPrediction(CREATE)).rejects.toMatchObject({
    kind,
    retryAfter: kind === "throttled" ? 7 : 10,
  });
  const { counts, predictions } = await ledger();
  expect([counts["POST /v1/predictions"], predictions.length]).toEqual([1, started]);
});

test("models are found by words, page by page, and by collection; versions come without their schemas", async () => {
  const { client } = await start();
  const found = await client.searchModels("text-to-image", null);
  const names = found.results.map(({ owner, name }) => `${owner}/${name}`);
  expect(names).toEqual(expect.arrayContaining([FLUX, MODEL, "google/nano-banana"]));
  expect(found.results[0]).toMatchObject({ run_count: expect.any(Number), cover_image_url: expect.any(String) });
  expect(found.next).toBeNull();
  await expect(client.searchModels("text-to-image", "cD14")).rejects.toMatchObject({ kind: "not_found" });
  expect((await client.searchModels('"quoted" \\ words', null)).results).toEqual([]);

  expect((await client.listCollections()).results).toContainEqual(expect.objectContaining({ slug: "text-to-image" }));
  expect((await client.getCollection("text-to-image")).models).toContainEqual(
    expect.objectContaining({ name: "sdxl" }),
  );
  await expect(client.getCollection("../models")).rejects.toMatchObject({ kind: "not_found" });
  expect((await client.listVersions(MODEL)).results[0]).toEqual({ id: SDXL, created_at: expect.any(String) });
});

test("a file is sent to Replicate, and a prediction reads it", async () => {
  const { client, ledger } = await start();
  const { default: sharp } = await import("sharp");
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#c84" } })
    .png()
    .toBuffer();
  const url = await client.uploadFile(new Blob([new Uint8Array(png)], { type: "image/png" }), "fox.png");
  expect(url).toMatch(/\/v1\/files\/\w+$/);
  const { id } = await client.createPrediction({ ...CREATE, input: { ...CREATE.input, image: url } });
  await vi.waitUntil(async () => (await client.getPrediction(id)).status === "succeeded", { timeout: 4000 });
  expect((await ledger()).counts).toMatchObject({ "POST /v1/files": 1 });
});
