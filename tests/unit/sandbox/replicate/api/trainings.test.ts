import { expect, test } from "vitest";
import { eventually, poll, SDXL, serve, small } from "../serve.ts";

test("trainings make a version of their destination, which runs, and can be canceled", async () => {
  const { replicate } = await serve();
  const options = { destination: "sandbox/mine" as const, input: { max_train_steps: 10 } };
  const train = () => replicate.trainings.create("stability-ai", "sdxl", SDXL, options);
  await expect(train()).rejects.toThrow('{"detail":"The specified training destination does not exist","status":404}');
  await replicate.models.create("sandbox", "mine", { visibility: "private", hardware: "gpu-t4" });
  const created = await train();
  expect(created).toMatchObject({ status: "starting", logs: "" });
  expect(created).not.toHaveProperty("output");
  await eventually(async () => (await replicate.trainings.get(created.id)).status).toBe("succeeded");
  const done = await replicate.trainings.get(created.id);
  expect(done.output).toMatchObject({ version: expect.stringMatching(/^sandbox\/mine:[0-9a-f]{64}$/) });
  expect(done.logs).toMatch(/10\/10 \[.*loss: \d\.\d\de-\d\]/);
  const { latest_version } = await replicate.models.get("sandbox", "mine");
  expect(`sandbox/mine:${latest_version?.id}`).toBe(done.output?.version);
  expect(await replicate.run(`sandbox/mine:${latest_version?.id}`, { input: small })).toHaveLength(1);

  const second = await train();
  expect(await replicate.trainings.cancel(second.id)).toMatchObject({ status: "canceled" });
  expect((await replicate.trainings.list()).results.map((training) => training.id)).toEqual([second.id, created.id]);
  expect((await replicate.predictions.list()).results).toHaveLength(1);
});

test("a trainer checks its input, and its versions are like the model that it trains", async () => {
  const { replicate } = await serve({ clock: 100 });
  const { results } = await replicate.models.versions.list("replicate", "fast-flux-trainer");
  await replicate.models.create("sandbox", "fox", { visibility: "private", hardware: "gpu-t4" });
  const train = (input: object) =>
    replicate.trainings.create("replicate", "fast-flux-trainer", results[0]?.id ?? "", {
      destination: "sandbox/fox",
      input,
    });
  await expect(train({ trigger_word: "FOX" })).rejects.toThrow("input_images is required");
  const { id } = await train({ input_images: "data:application/zip;base64,UEsFBg==", trigger_word: "FOX" });
  await eventually(async () => (await replicate.trainings.get(id)).status).toBe("succeeded");
  const { latest_version } = await replicate.models.get("sandbox", "fox");
  const images = await replicate.run(`sandbox/fox:${latest_version?.id}`, { input: { prompt: "a FOX" }, ...poll });
  expect(images).toEqual([expect.stringMatching("/out-0.webp$")]);
});
