import { expect, test } from "vitest";
import { SDXL, serve, small } from "../serve.ts";

async function run(prompt: string, more: object = {}) {
  const sandbox = await serve();
  return { ...sandbox, prediction: await sandbox.finish({ prompt, ...small, ...more }) };
}

test("[fail] runs out of memory half way", async () => {
  const { prediction } = await run("[fail]", { num_inference_steps: 20 });
  expect(prediction).toMatchObject({
    status: "failed",
    output: null,
    error: expect.stringMatching("CUDA out of memory"),
  });
  expect(prediction.logs).toMatch("10/20");
  expect(prediction.logs).not.toMatch("12/20");
});

test("[nsfw] fails with the model's own message", async () => {
  const { prediction, replicate } = await run("[nsfw]", { num_outputs: 2 });
  expect(prediction.error).toBe("NSFW content detected. Try running it again, or try a different prompt.");
  expect(prediction.logs).toMatch(/NSFW content detected in image 0\nNSFW content detected in image 1\n$/);
  const flux = replicate.run("black-forest-labs/flux-schnell", { input: { prompt: "[nsfw]" } });
  await expect(flux).rejects.toThrow(
    "All generated images contained NSFW content. Try running it again with a different prompt.",
  );
});

test("[partial] removes the last image", async () => {
  const { prediction } = await run("[partial]", { num_outputs: 3 });
  expect(prediction).toMatchObject({ status: "succeeded", output: [expect.any(String), expect.any(String)] });
  expect(prediction.logs).toMatch(/NSFW content detected in image 2\n$/);
});

test("[slow] takes fifteen seconds", async () => {
  const { prediction } = await run("[slow]");
  expect(prediction.metrics?.predict_time).toBeGreaterThan(15);
  expect(prediction.metrics?.predict_time).toBeLessThan(25);
});

test("[429] throttles every other create with the same input", async () => {
  const { create } = await serve();
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await create({ prompt: "[429]", ...small })).status);
  expect(statuses).toEqual([429, 201, 429, 201]);
  const throttled = await create({ prompt: "[429] again", ...small });
  expect(throttled.headers.get("retry-after")).toBe("3");
  expect(await throttled.text()).toBe(
    '{"detail":"Request was throttled. Your rate limit resets in ~3s.","status":429,"retry_after":3}\n',
  );
});

test("[lost] is accepted without an answer, so the official client starts six predictions", async () => {
  const { create, ledger, replicate } = await serve();
  await expect(create({ prompt: "[lost]", ...small })).rejects.toThrow("fetch failed");
  expect((await ledger()).predictions).toHaveLength(1);
  await expect(
    replicate.predictions.create({ version: SDXL, input: { prompt: "[lost]", ...small } }),
  ).rejects.toThrow();
  expect((await ledger()).predictions).toHaveLength(7);
});

test("[expired] files answer 410 at once", async () => {
  const { prediction } = await run("[expired]");
  expect((await fetch(prediction.output[0])).status).toBe(410);
});

test("[truncated] files are incomplete twice, then complete", async () => {
  const { prediction, ledger } = await run("[truncated]");
  const [url] = prediction.output;
  for (let n = 0; n < 2; n++) {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    await expect(response.bytes()).rejects.toThrow("terminated");
  }
  expect(await (await fetch(url)).bytes()).toHaveLength((await ledger()).predictions[0]?.files[0]?.bytes ?? -1);
});

test("[flaky] files answer 503 twice", async () => {
  const { prediction } = await run("[flaky]");
  const statuses = [];
  for (let n = 0; n < 3; n++) statuses.push((await fetch(prediction.output[0])).status);
  expect(statuses).toEqual([503, 503, 200]);
});

test("[data] puts the files themselves into the output", async () => {
  const { prediction } = await run("[data]");
  expect(prediction.output).toEqual([expect.stringMatching("^data:image/png;base64,")]);
});
