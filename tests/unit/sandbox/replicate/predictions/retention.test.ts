import { expect, test } from "vitest";
import { eventually, serve, small } from "../serve.ts";

test("after an hour input, output, logs and files are deleted and the rest stays", async () => {
  const { finish, replicate, faults } = await serve();
  const done = await finish(small);
  expect((await fetch(done.output[0])).status).toBe(200);
  await faults({ clock: 1e9 });
  await eventually(async () => (await replicate.predictions.get(done.id)).data_removed).toBe(true);
  const removed = await replicate.predictions.get(done.id);
  expect(removed).toEqual({ ...done, input: {}, logs: "", output: null, data_removed: true });
  expect((await fetch(done.output[0])).status).toBe(404);
});

test("an uploaded file is deleted after a day", async () => {
  const { replicate, faults } = await serve();
  const { id } = await replicate.files.create(new Blob(["x"]));
  await faults({ clock: 1e11 });
  await eventually(async () => (await replicate.files.list()).results).toEqual([]);
  await expect(replicate.files.get(id)).rejects.toThrow("File not found");
});
