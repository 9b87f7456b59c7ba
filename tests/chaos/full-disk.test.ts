import { randomUUID } from "node:crypto";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { createApi, listAccepted, readLedger } from "../support/api";
import { createDisk } from "../support/disk";
import { startStack } from "../support/stack";
import { createUser } from "../support/users";
import { bench, control, countCreates, createUserApi, endFailures, finishWithoutWaits, quick } from "./support/bench";

afterEach(endFailures);

type Checks = { checks: { name: string; ok: boolean }[] };

/** Returns the status of the readiness route and the names of the failing checks. The app caches the checks for 1.5 s. */
async function failing(appUrl: string) {
  const response = await fetch(`${appUrl}/api/health/ready`);
  const { checks } = (await response.json()) as Checks;
  return [response.status, ...checks.filter(({ ok }) => !ok).map(({ name }) => name)];
}

const soon = { timeout: 60_000, interval: 300 };
const full = {
  type: "storage_full",
  retry_after: 60,
  detail: expect.stringContaining("the storage is full") as string,
};

test("on a full disk the app runs and starts nothing, and continues by itself when there is room", async () => {
  const disk = createDisk();
  const stack = await startStack({ env: disk.env });
  onTestFinished(() => stack.stop());
  const user = await createUser(stack);
  const api = createApi(stack, user);
  await expect.poll(() => failing(stack.appUrl), soon).toEqual([200]);

  const saved = await api.saved((await api.create({ prompt: "there is room", ...quick })).id);
  const running = await api.create({ prompt: "the disk fills up", ...quick, num_inference_steps: 50 });
  disk.fill();
  await expect.poll(() => failing(stack.appUrl), soon).toEqual([503, "space"]);
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "no room", ...quick } };
  const refused = await api.submit(body, key);
  expect(refused.headers.get("retry-after")).toBe("60");
  expect([refused.status, await refused.json()]).toMatchObject([503, full]);
  expect((await api.read(saved.id)).images).toHaveLength(1);
  expect((await api.read(running.id)).images).toEqual([]);

  disk.free();
  await expect.poll(() => failing(stack.appUrl), soon).toEqual([200]);
  expect((await api.saved(running.id, 120_000)).images).toHaveLength(1);
  expect((await api.submit(body, key)).status).toBe(201);
  const { predictions } = await readLedger(stack);
  expect(predictions).toHaveLength(3);
});

test("while a full Postgres rejects writes, a submit gets 503 and no request goes to Replicate", async () => {
  const { submit } = await createUserApi();
  const before = await countCreates();
  const answer = { code: "53100", message: "could not extend file: No space left on device" };
  await control.set([{ path: "/rpc/(start_prediction|record_heartbeat)", what: { status: 500, answer } }]);
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "H5 database", ...quick } };
  const refused = await submit(body, key);
  expect([refused.status, await refused.json()]).toMatchObject([503, full]);
  expect(await countCreates()).toBe(before);
  await expect.poll(() => failing(bench.appUrl), soon).toEqual([503, "space"]);

  await control.set([]);
  await expect.poll(() => failing(bench.appUrl), soon).toEqual([200]);
  expect((await submit(body, key)).status).toBe(201);
  expect(await finishWithoutWaits("H5 database")).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "H5 database")).toHaveLength(1);
});

test("after a file that full storage rejected, nothing is started until there is room", async () => {
  const { submit, create, until } = await createUserApi();
  const answer = { statusCode: "507", message: "The disk is full." };
  await control.set([{ method: "POST", path: "/object/(images|try)/", what: { status: 507, answer } }]);
  const { id } = await create({ prompt: "H5 waits for room", ...quick });
  await until(id, ({ save_error }) => save_error === "retrying");
  const before = await countCreates();
  const refused = await submit({ input: { prompt: "H5 not started", ...quick } });
  expect([refused.status, await refused.json()]).toMatchObject([503, full]);
  expect(await countCreates()).toBe(before);
  expect(await failing(bench.appUrl)).toEqual([503, "space"]);

  await control.set([]);
  await expect.poll(() => failing(bench.appUrl), soon).toEqual([200]);
  expect(await finishWithoutWaits("H5 waits")).toMatchObject([{ saved: true, images: 1 }]);
  expect((await submit({ input: { prompt: "H5 started", ...quick } })).status).toBe(201);
  expect(await finishWithoutWaits("H5 started")).toMatchObject([{ saved: true }]);
});
