import Replicate from "replicate";
import { expect, test } from "vitest";
import { poll, SDXL, SECRET, serve, small, TOKEN } from "../serve.ts";

const FLUX = "black-forest-labs/flux-schnell";

test("the official client creates by version, waits and gets the images", async () => {
  const { replicate, origin } = await serve();
  const created = await replicate.predictions.create({ version: SDXL, input: { prompt: "a fox", ...small } });
  expect(created).toMatchObject({ status: "starting", output: null, logs: "", version: SDXL, source: "api" });
  expect(created.id).toMatch(/^[0-9a-hjkmnp-tv-z]{25}[048cgmrw]$/);
  expect(created.input).toEqual({ prompt: "a fox", ...small });
  expect(created.urls.get).toBe(`${origin}/v1/predictions/${created.id}`);
  expect(Object.keys(created)).not.toEqual(expect.arrayContaining(["started_at"]));
  const done = await replicate.wait(created, { interval: 10 });
  expect(done).toMatchObject({ status: "succeeded", error: null, data_removed: false });
  expect(done.metrics?.predict_time).toBeGreaterThan(0);
  expect(done.output).toEqual([expect.stringMatching(`^${origin}/delivery/[a-z]{4}/[\\w-]{48}/out-0.png$`)]);
});

test("an official model runs by its name and hides its version", async () => {
  const { replicate } = await serve();
  const created = await replicate.predictions.create({ model: FLUX, input: { prompt: "sea", megapixels: "0.25" } });
  expect(created).toMatchObject({ model: FLUX, version: "hidden" });
});

test("run() waits in one request, and polls when the wait expires", async () => {
  const { replicate, ledger } = await serve();
  const input = { prompt: "a fox", ...small };
  expect(await replicate.run(`stability-ai/sdxl:${SDXL}`, { input })).toHaveLength(1);
  expect((await ledger()).counts).not.toHaveProperty("GET /v1/predictions/:id");
  const slow = { input: { ...input, prompt: "[slow] fox" }, wait: { mode: "block" as const, timeout: 1 } };
  expect(await replicate.run(`stability-ai/sdxl:${SDXL}`, slow)).toHaveLength(1);
  expect((await ledger()).counts["GET /v1/predictions/:id"]).toBeGreaterThan(0);
});

test("predictions are fetched, canceled twice without harm, and listed without their logs", async () => {
  const { replicate } = await serve();
  const { id } = await replicate.predictions.create({ version: SDXL, input: { prompt: "[slow]", ...small } });
  expect(await replicate.predictions.get(id)).toMatchObject({ id });
  const canceled = await replicate.predictions.cancel(id);
  expect(canceled).toMatchObject({ status: "canceled", completed_at: expect.any(String) });
  expect(await replicate.predictions.cancel(id)).toEqual(canceled);
  const { results, next, previous } = await replicate.predictions.list();
  expect(results).toEqual([expect.not.objectContaining({ logs: expect.anything() })]);
  expect([next, previous]).toEqual([null, null]);
});

test("models, versions and schemas can be read", async () => {
  const { replicate } = await serve();
  const { results } = await replicate.models.list();
  expect(results.map(({ name }) => name)).toContain("sdxl");
  const model = await replicate.models.get("stability-ai", "sdxl");
  expect(model).toMatchObject({ owner: "stability-ai", is_official: false, latest_version: { id: SDXL } });
  expect((await replicate.models.versions.list("stability-ai", "sdxl")).results).toHaveLength(3);
  const version = await replicate.models.versions.get("stability-ai", "sdxl", SDXL);
  expect(version.openapi_schema).toMatchObject({
    openapi: "3.0.2",
    components: { schemas: { Input: { properties: { prompt: { type: "string" } } }, Status: { type: "string" } } },
  });
});

test("models.search() works with a quoted and with a plain body", async () => {
  const { replicate, ask } = await serve();
  expect((await replicate.models.search("flux")).results[0]).toMatchObject({ name: "flux-schnell" });
  const bare = await fetch(new URL("models", `${(await serve()).origin}/v1/`), {
    method: "QUERY",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "text/plain" },
    body: "faces restores",
  });
  expect(await bare.json()).toMatchObject({ results: [{ name: "gfpgan" }, { name: "codeformer" }] });
  const kind = (await replicate.models.search("3d mesh")).results.map(({ name }) => name);
  expect(kind.toSorted()).toEqual(["hunyuan3d-2", "trellis"]);
  const found = await ask("GET", "/v1/search?query=upscale%20image&limit=2");
  expect(await found.json()).toMatchObject({
    query: "upscale image",
    models: [{ metadata: { tags: expect.arrayContaining([expect.any(String)]) } }, {}],
  });
});

test("a model can be created, read, changed and deleted", async () => {
  const { replicate, ask } = await serve();
  const made = await replicate.models.create("sandbox", "mine", { visibility: "private", hardware: "cpu" });
  expect(made).toMatchObject({ owner: "sandbox", name: "mine", latest_version: null, run_count: 0 });
  const patched = await ask("PATCH", "/v1/models/sandbox/mine", { description: "Mine." });
  expect(await patched.json()).toMatchObject({ description: "Mine." });
  expect((await ask("DELETE", "/v1/models/sandbox/mine")).status).toBe(204);
  expect((await ask("GET", "/v1/models/sandbox/mine")).status).toBe(404);
});

test("the examples and the readme of a model can be read", async () => {
  const { ask } = await serve();
  const examples = await ask("GET", `/v1/models/${FLUX}/examples`);
  expect(await examples.json()).toMatchObject({ results: [{ status: "succeeded", model: FLUX }] });
  const readme = await ask("GET", `/v1/models/${FLUX}/readme`);
  expect(readme.headers.get("content-type")).toMatch("text/plain");
  expect(await readme.text()).toMatch("# flux-schnell");
});

test("account, hardware, collections and the webhook secret can be read", async () => {
  const { replicate } = await serve();
  expect(await replicate.accounts.current()).toMatchObject({ type: "user", username: "sandbox" });
  expect(await replicate.hardware.list()).toContainEqual({ name: "CPU", sku: "cpu" });
  const { results } = await replicate.collections.list();
  expect(results.map(({ slug }) => slug)).toContain("text-to-image");
  expect(await replicate.collections.get("super-resolution")).toMatchObject({
    models: expect.arrayContaining([expect.objectContaining({ name: "real-esrgan" })]),
  });
  expect(await replicate.webhooks.default.secret.get()).toEqual({ key: SECRET });
});

test("deployments can be created, changed, run, listed and deleted", async () => {
  const { replicate } = await serve();
  const config = { model: "stability-ai/sdxl", version: SDXL, hardware: "gpu-t4", min_instances: 0, max_instances: 1 };
  await replicate.deployments.create({ name: "mine", ...config });
  const updated = await replicate.deployments.update("sandbox", "mine", { max_instances: 3 });
  expect(updated.current_release).toMatchObject({ number: 2, configuration: { max_instances: 3, hardware: "gpu-t4" } });
  expect(await replicate.deployments.get("sandbox", "mine")).toEqual(updated);
  const created = await replicate.deployments.predictions.create("sandbox", "mine", {
    input: { prompt: "x", ...small },
  });
  expect(created).toMatchObject({ deployment: "sandbox/mine", status: "starting" });
  expect((await replicate.deployments.list()).results).toHaveLength(1);
  expect(await replicate.deployments.delete("sandbox", "mine")).toBe(true);
  expect((await replicate.deployments.list()).results).toHaveLength(0);
});

test("files can be uploaded with metadata, read, listed, used as input and deleted", async () => {
  const { replicate, origin } = await serve();
  const [url] = Object.values((await replicate.run(`stability-ai/sdxl:${SDXL}`, { input: small })) ?? {});
  const image = await (await fetch(String(url))).blob();
  const file = await replicate.files.create(new File([image], "fox.png", { type: "image/png" }), { of: "fox" });
  expect(file).toMatchObject({
    name: "fox.png",
    content_type: "image/png",
    size: image.size,
    metadata: { of: "fox" },
  });
  expect(Date.parse(String(file.expires_at)) - Date.parse(file.created_at)).toBeCloseTo(86_400_000 / 20, -2);
  expect(await replicate.files.get(file.id)).toEqual(file);
  expect((await replicate.files.list()).results).toEqual([file]);
  const larger = await replicate.run("nightmareai/real-esrgan", { input: { image: file.urls.get, scale: 2 }, ...poll });
  expect(larger).toMatch(`${origin}/delivery/`);
  expect(await replicate.files.delete(file.id)).toBe(true);
  await expect(replicate.files.get(file.id)).rejects.toThrow('404 Not Found: {"detail":"File not found"}');
});

test("stream() yields the words of a language model as they are written", async () => {
  const { replicate } = await serve();
  const events = [];
  const input = { prompt: "two\nlighthouses" };
  for await (const event of replicate.stream("meta/meta-llama-3-8b-instruct", { input })) events.push(event);
  expect(events.slice(0, 2).map(({ event, data }) => [event, data])).toEqual([
    ["output", "two"],
    ["output", " lighthouses,"],
  ]);
  expect(events.at(-1)).toMatchObject({ event: "done", data: "{}" });
  expect(events.join("")).toMatch(/^two lighthouses, .*\.$/);
});

test("paginate() follows the pages", async () => {
  const { replicate, origin } = await serve({ clock: 10_000 });
  const created: string[] = [];
  for (let n = 0; n < 101; n++) {
    created.unshift((await replicate.predictions.create({ version: SDXL, input: { ...small, seed: n } })).id);
  }
  const pages: string[][] = [];
  for await (const page of replicate.paginate(replicate.predictions.list)) pages.push(page.map(({ id }) => id));
  expect(pages.map((page) => page.length)).toEqual([100, 1]);
  expect(pages.flat()).toEqual(created);
  const first = await replicate.predictions.list();
  expect(first.next).toMatch(`${origin}/v1/predictions?cursor=`);
});

test("Token works as well as Bearer, and a baseUrl must end in /v1", async () => {
  const { ask, origin } = await serve();
  expect((await ask("GET", "/v1/account", undefined, { authorization: `Token ${TOKEN}` })).status).toBe(200);
  const lost = new Replicate({ auth: TOKEN, baseUrl: origin });
  await expect(lost.accounts.current()).rejects.toThrow("404");
});
