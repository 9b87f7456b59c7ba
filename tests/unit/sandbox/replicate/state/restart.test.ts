import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { receiveWebhooks } from "../receive-webhooks.ts";
import { eventually, SDXL, serve, small } from "../serve.ts";

async function folder() {
  const dir = await mkdtemp(join(tmpdir(), "replicate-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

test("finished predictions and their files survive a restart, under the new origin", async () => {
  const dir = await folder();
  const first = await serve({ dir });
  const done = await first.finish(small);
  const bytes = await (await fetch(done.output[0])).bytes();
  first.close();
  const second = await serve({ dir });
  const again = await second.replicate.predictions.get(done.id);
  expect(again).toMatchObject({ status: "succeeded", logs: done.logs, metrics: done.metrics });
  expect(again.output[0]).toMatch(second.origin);
  expect(await (await fetch(again.output[0])).bytes()).toEqual(bytes);
});

test("a running prediction finishes after a restart and sends its webhook", async () => {
  const dir = await folder();
  const hook = await receiveWebhooks();
  const first = await serve({ dir, clock: 2 });
  const options = { version: SDXL, input: { ...small, seed: 5 }, webhook: hook.url };
  const { id } = await first.replicate.predictions.create({ ...options, webhook_events_filter: ["completed"] });
  await eventually(async () => (await first.replicate.predictions.get(id)).status).toBe("processing");
  first.close();
  const second = await serve({ dir });
  await eventually(() => hook.bodies().map(({ status }) => status)).toEqual(["succeeded"]);
  expect(await second.replicate.predictions.get(id)).toMatchObject({
    status: "succeeded",
    logs: expect.stringMatching("5/5"),
  });
});

test("a deadline that passed while the server was stopped takes effect", async () => {
  const dir = await folder();
  const first = await serve({ dir, clock: 20 });
  const created = await first.create({ prompt: "[slow]", ...small }, { "cancel-after": "5s" });
  const { id, deadline } = await created.json();
  first.close();
  await eventually(() => Date.now() > Date.parse(deadline)).toBe(true);
  const second = await serve({ dir });
  expect(await second.replicate.predictions.get(id)).toMatchObject({ status: "aborted" });
});

test("a last webhook that was not accepted is delivered after a restart with the same id", async () => {
  const dir = await folder();
  let up = false;
  const hook = await receiveWebhooks(() => (up ? 200 : 503));
  const first = await serve({ dir, clock: 20 });
  await first.replicate.predictions.create({
    version: SDXL,
    input: small,
    webhook: hook.url,
    webhook_events_filter: ["completed"],
  });
  await eventually(() => hook.received.length).toBeGreaterThan(1);
  first.close();
  up = true;
  const before = hook.received.length;
  const second = await serve({ dir });
  await eventually(async () => (await second.ledger()).webhooks.map(({ outcome }) => outcome)).toEqual(["200"]);
  expect(hook.received.length).toBe(before + 1);
  expect(new Set(hook.received.map(({ signed }) => signed.id)).size).toBe(1);
});

test("an incomplete last line of the journal loses no other data", async () => {
  const dir = await folder();
  const first = await serve({ dir });
  const { id } = await first.finish(small);
  first.close();
  await appendFile(join(dir, "journal.jsonl"), '{"kind":"prediction","id":"torn","rec');
  const second = await serve({ dir });
  expect((await second.replicate.predictions.list()).results.map((item) => item.id)).toEqual([id]);
});
