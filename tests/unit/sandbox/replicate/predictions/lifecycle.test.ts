import { parseProgressFromLogs } from "replicate";
import sharp from "sharp";
import { expect, test } from "vitest";
import { eventually, poll, SDXL, serve, small } from "../serve.ts";

const FLUX = "black-forest-labs/flux-schnell";

async function fetchImage(url: unknown) {
  const response = await fetch(String(url));
  const bytes = await response.bytes();
  const { format, width, height } = await sharp(bytes).metadata();
  return { type: response.headers.get("content-type"), format, width, height, bytes };
}

test("an expired wait answers 202 with starting and no output, even if the run is further", async () => {
  const { create } = await serve();
  const response = await create({ prompt: "[slow]", ...small }, { prefer: "wait=1" });
  expect(response.status).toBe(202);
  const body = await response.json();
  expect(body).toMatchObject({ status: "starting", output: null });
  expect(body).not.toHaveProperty("started_at");
});

test("a wait that ends in time answers 201 with data URIs, and as if the run went on", async () => {
  const { create, origin, replicate } = await serve();
  const done = await create(small, { prefer: "wait" });
  expect([done.status, done.headers.get("preference-applied")]).toEqual([201, "wait"]);
  const prediction = await done.json();
  expect(prediction).toMatchObject({ status: "processing", logs: "" });
  expect(prediction.output).toEqual([expect.stringMatching("^data:image/png;base64,")]);
  for (const key of ["started_at", "completed_at", "metrics"]) expect(prediction).not.toHaveProperty(key);
  expect(done.headers.get("location")).toBe(`${origin}/v1/predictions/${prediction.id}`);
  const read = await replicate.predictions.get(prediction.id);
  expect(read).toMatchObject({ status: "succeeded", output: [expect.stringMatching(`^${origin}`)] });
  expect(await fetchImage(prediction.output[0])).toMatchObject(await fetchImage(read.output[0]));
});

test("a wait answers with the error of a run that fails; respond-async does not wait", async () => {
  const { create } = await serve();
  const failed = await create({ ...small, prompt: "[fail]" }, { prefer: "wait" });
  expect([failed.status, await failed.json()]).toMatchObject([
    201,
    { status: "failed", completed_at: expect.stringMatching("Z$") },
  ]);
  expect(await (await create(small, { prefer: "respond-async" })).json()).toMatchObject({ status: "starting" });
});

test("the logs grow step by step and can be read as progress", async () => {
  const { replicate } = await serve({ clock: 5 });
  const seen = new Set<number>();
  const created = await replicate.predictions.create({
    version: SDXL,
    input: { ...small, seed: 27934, num_inference_steps: 50 },
  });
  const done = await replicate.wait(created, { interval: 5 }, async (prediction) => {
    seen.add(parseProgressFromLogs(prediction)?.percentage ?? -1);
    return false;
  });
  expect(seen.size).toBeGreaterThan(3);
  expect(done.logs).toMatch(
    /^Using seed: 27934\nPrompt: An astronaut riding a rainbow unicorn\ntxt2img mode\n {2}0%\|/,
  );
  expect(done.logs?.match(/100%\|/g)).toHaveLength(2);
});

test("a refiner adds a second bar, and an input image needs fewer steps", async () => {
  const { replicate } = await serve();
  const input = { ...small, num_inference_steps: 20, refine: "expert_ensemble_refiner" };
  const created = await replicate.predictions.create({ version: SDXL, input });
  const { logs, output } = await replicate.wait(created, { interval: 10 });
  expect(logs).toMatch(/16\/16[^]*0\/4[^]*4\/4/);
  const image = Object.values(output)[0];
  const second = await replicate.predictions.create({
    version: SDXL,
    input: { ...small, num_inference_steps: 10, image },
  });
  expect((await replicate.wait(second, { interval: 10 })).logs).toMatch(/img2img mode\n {2}0%\|\s+\| 0\/8/);
});

test("sdxl draws the requested size and number of PNG files, and the same seed gives the same image", async () => {
  const { replicate } = await serve();
  const ref = `stability-ai/sdxl:${SDXL}` as const;
  const input = { prompt: "a lake", width: 96, height: 64, num_outputs: 2, seed: 3 };
  const run = () => replicate.run(ref, { input, ...poll });
  const [first, second] = await Promise.all([run(), run()]);
  const images = await Promise.all(Object.values({ ...first }).map(fetchImage));
  expect(images).toMatchObject([
    { type: "image/png", format: "png", width: 96, height: 64 },
    { type: "image/png", format: "png", width: 96, height: 64 },
  ]);
  expect(Object.values({ ...first }).map(String)[1]).toMatch("/out-1.png");
  expect((await fetchImage(Object.values({ ...second })[0])).bytes).toEqual(images[0]?.bytes);
});

test("flux-schnell takes its size from the aspect ratio and its format from the input", async () => {
  const { replicate } = await serve();
  const input = { prompt: "a lake", aspect_ratio: "16:9", megapixels: "0.25", output_format: "jpg" };
  const created = await replicate.predictions.create({ model: FLUX, input });
  const done = await replicate.wait(created, { interval: 10 });
  expect(done.output[0]).toMatch("/out-0.jpg");
  expect(await fetchImage(done.output[0])).toMatchObject({
    type: "image/jpeg",
    format: "jpeg",
    width: 672,
    height: 384,
  });
  expect(done.metrics).toMatchObject({ image_count: 1 });
  expect(done.logs).toMatch(
    /^Using seed: \d+\nrunning quantized prediction\nUsing seed: \d+\n[^]*Total safe images: 1 out of 1\n$/,
  );
});

test("a size that is too large or not divisible by 8 fails in the model", async () => {
  const { finish } = await serve();
  const odd = await finish({ ...small, width: 1023 });
  expect(odd).toMatchObject({
    status: "failed",
    output: null,
    error: "`height` and `width` have to be divisible by 8 but are 64 and 1023.",
  });
  const huge = await finish({ ...small, width: 100_000, height: 100_000 });
  expect(huge).toMatchObject({ status: "failed", error: expect.stringMatching("CUDA out of memory") });
});

test("upscaling, background removal and restoring return one PNG each", async () => {
  const { replicate } = await serve();
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  const image = `data:image/png;base64,${bytes.toString("base64")}`;
  const larger = await replicate.run("nightmareai/real-esrgan", { input: { image, scale: 3 } });
  expect(await fetchImage(larger)).toMatchObject({ format: "png", width: 120, height: 90 });
  const cut = await replicate.run("cjwbw/rembg:fb8af171cfa1616ddcf1242c093f9c46bcada5ad4cf6f2fbe8b81b330ec5c003", {
    input: { image },
    ...poll,
  });
  expect(String(cut)).toMatch("/out.png");
  const restored = await replicate.run(
    "tencentarc/gfpgan:0fbacf7afc6c144e5be9767cff80f25aff23e52b0708f17e20f9879b2f21516c",
    {
      input: { img: image, scale: 2 },
    },
  );
  expect(await fetchImage(restored)).toMatchObject({ format: "png", width: 80, height: 60 });
});

test("a missing input file fails with the message of Python's requests", async () => {
  const { replicate, origin } = await serve();
  for (const image of [
    "https://example.com/x.png",
    `${origin}/delivery/xezq/nothing/out.png`,
    "http://127.0.0.1:9/x.png",
  ]) {
    await expect(replicate.run("nightmareai/real-esrgan", { input: { image } })).rejects.toThrow(
      `Prediction failed: 404 Client Error: Not Found for url: ${image}`,
    );
  }
});

test("the output of a language model grows word by word and stays after a cancel", async () => {
  const { replicate } = await serve({ clock: 5 });
  const created = await replicate.predictions.create({
    model: "meta/meta-llama-3-8b-instruct",
    input: { prompt: "one two three four five" },
  });
  await eventually(async () => (await replicate.predictions.get(created.id)).output?.length).toBeGreaterThan(1);
  const canceled = await replicate.predictions.cancel(created.id);
  expect(canceled.output.slice(0, 2)).toEqual(["one", " two"]);
  expect(canceled.status).toBe("canceled");
});

test("the first run of a model waits for a cold start, the second hardly waits", async () => {
  const { replicate } = await serve({ clock: 2 });
  const boot = async () => {
    const created = await replicate.predictions.create({ version: SDXL, input: small });
    const { metrics } = await replicate.wait(created, { interval: 5 });
    return (metrics?.total_time ?? 0) - (metrics?.predict_time ?? 0);
  };
  expect(await boot()).toBeGreaterThan(0.9);
  expect(await boot()).toBeLessThan(0.8);
});

test("Cancel-After cancels a running prediction and must be from 5 s to 24 h", async () => {
  const { create, replicate } = await serve({ clock: 20 });
  const running = await (await create({ prompt: "[slow]", ...small }, { "cancel-after": "6s" })).json();
  expect(running.deadline).toMatch(/Z$/);
  await eventually(async () => (await replicate.predictions.get(running.id)).status).toBe("canceled");
  expect((await create(small, { "cancel-after": "4s" })).status).toBe(422);
  expect((await create(small, { "cancel-after": "25h" })).status).toBe(422);
  expect((await create(small, { "cancel-after": "1h30m45s" })).status).toBe(201);
});
