import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { createUser } from "../support/users";

// A separate stack, because these tests remove its bucket and stop its services.
let stack: Stack;
let api: ReturnType<typeof createApi>;

beforeAll(async () => {
  stack = await startStack();
  api = createApi(stack, await createUser(stack));
});
afterAll(() => stack?.stop());

type Readiness = { status: string; checks: { name: string; ok: boolean; detail: string }[] };

async function readReadiness(appUrl = stack.appUrl) {
  const answer = await fetch(new URL("/api/health/ready", appUrl));
  const { status, checks } = (await answer.json()) as Readiness;
  expect(status).toBe(answer.status === 200 ? "ready" : "not_ready");
  return { status: answer.status, failing: checks.filter(({ ok }) => !ok).map(({ name }) => name), checks };
}
const failing = async () => (await readReadiness()).failing;
const soon = { timeout: 20_000 };
const quick = { num_inference_steps: 5, width: 256, height: 256 };

test("the app checks at start-up that webhooks reach it", async () => {
  await expect.poll(() => stack.appOutput(), soon).toContain('"event":"webhook_reachable"');
  const buckets = await sql(stack, "select name from rate_limits where name like 'webhook probe %'");
  expect(buckets).toEqual([{ name: `webhook probe ${stack.appUrl}/api/replicate/webhook` }]);
});

test("a healthy app reports each part as ready", async () => {
  await expect.poll(failing, soon).toEqual([]);
  const { status, checks } = await readReadiness();
  expect(status).toBe(200);
  expect(checks.map(({ name }) => name)).toEqual(["database", "storage", "provider", "space", "saving", "sweep"]);
});

test("without the bucket the app is not ready, and waiting images use up no attempts", async () => {
  const [bucket] = await sql<{ id: string }>(stack, "select * from storage.buckets where id = 'images'");
  await sql(stack, "delete from storage.objects where bucket_id = 'images'");
  await sql(stack, "delete from storage.buckets where id = 'images'");
  await expect.poll(failing, soon).toEqual(["storage"]);
  await setFaults(stack, { match: "in itself", output: ["data:0"] });
  const { id } = await api.create({ prompt: "nowhere to put it", ...quick });
  const inline = await api.create({ prompt: "a file in itself", ...quick });
  const all = `id in ('${id}', '${inline.id}')`;
  for (const each of [id, inline.id]) await api.until(each, ({ save_error }) => save_error === "retrying");
  // Even after `output_expires_at`, a prediction does not expire as long as its files can be downloaded.
  await sql(stack, `update predictions set output_expires_at = now(), next_at = now() where ${all}`);
  const waiting = () =>
    sql(stack, `select distinct attempts, save_error, next_at > now() as is_put_off from predictions where ${all}`);
  await expect.poll(waiting, soon).toEqual([{ attempts: 0, save_error: "retrying", is_put_off: true }]);

  expect(bucket?.id).toBe("images");
  await sql(
    stack,
    "insert into storage.buckets (id, name, public, file_size_limit) values ('images', 'images', false, 52428800)",
  );
  await sql(stack, `update predictions set next_at = now(), lease_until = null where ${all}`);
  for (const each of [id, inline.id]) expect((await api.saved(each)).images).toHaveLength(1);
  await expect.poll(failing, soon).toEqual([]);
});

test("a token that Replicate refuses makes the app not ready until Replicate accepts a create again", async () => {
  await setFaults(stack, { match: "unpaid", create: { status: 402 } });
  expect((await api.submit({ input: { prompt: "unpaid", ...quick } })).status).toBe(503);
  await expect.poll(failing, soon).toEqual(["provider"]);
  await setFaults(stack, {});
  await api.saved((await api.create({ prompt: "paid", ...quick })).id);
  await expect.poll(failing, soon).toEqual([]);
});

test("overdue saves and overdue predictions make the app not ready", async () => {
  const { id } = await api.create({ prompt: "forgotten", ...quick });
  await api.saved(id);
  const change = (to: string) => sql(stack, `update predictions set ${to} where id = '${id}'`);
  await change("saved_at = null, next_at = now() + interval '1 hour', completed_at = now() - interval '31 minutes'");
  await expect.poll(failing, soon).toEqual(["saving"]);
  await change("saved_at = now(), next_at = null");
  await expect.poll(failing, soon).toEqual([]);
  const lastSweep = async () => {
    // The time is set in every poll, because the running app overwrites it when it sweeps.
    await sql(stack, "update heartbeats set beat_at = now() - interval '6 minutes'");
    return (await readReadiness()).failing;
  };
  await expect.poll(lastSweep, { timeout: 10_000 }).toEqual(["sweep"]);
});

test("with a revoked key the app runs but is not ready, and its answer shows no secret", async () => {
  const app = await stack.addApp({ SUPABASE_SECRET_KEY: "sb_secret_revoked" });
  const answer = await readReadiness(app.appUrl);
  expect(answer.status).toBe(503);
  expect(answer.failing).toEqual(["database", "storage"]);
  expect((await fetch(new URL("/api/health", app.appUrl))).status).toBe(200);
  const text = JSON.stringify(answer);
  for (const secret of ["sb_secret_revoked", ...Object.values(stack.env).filter((value) => value.length > 8)]) {
    expect(text).not.toContain(secret);
  }
  await app.kill("SIGTERM");
});

test("without any service the app runs and reports within seconds that it is not ready", async () => {
  await stack.killServices("SIGKILL");
  expect((await fetch(new URL("/api/health", stack.appUrl))).status).toBe(200);
  const start = Date.now();
  await expect.poll(failing, soon).toEqual(["database", "storage"]);
  expect(Date.now() - start).toBeLessThan(10_000);
  await stack.restartServices();
  await expect.poll(failing, soon).not.toContain("database");
});
