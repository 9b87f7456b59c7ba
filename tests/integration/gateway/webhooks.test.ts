import { randomUUID } from "node:crypto";
import Replicate, { validateWebhook } from "replicate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi } from "../../support/api";
import { size } from "../../support/form";
import { sql } from "../../support/sql";
import { startStack, type Stack } from "../../support/stack";
import { sweep } from "../../support/sweep";
import { createUser, type User } from "../../support/users";
import { startReceiver, type Delivery, type Receiver } from "../../support/webhook-receiver";

/** A stack of its own, because the receivers are a setting, and because its app is killed. */
let stack: Stack;
let first: Receiver;
let second: Receiver;
/** Does not respond to the first attempt of each event. Its events are inserted before the first test. */
let silent: Receiver;
let silentUser: User;
let silentIds: string[];
const soon = { timeout: 40_000, interval: 100 };

beforeAll(async () => {
  [first, second] = [await startReceiver(), await startReceiver()];
  silent = await startReceiver(({ attempt, prediction }) => (attempt === 1 && prediction.logs === "" ? "hang" : 200));
  stack = await startStack({
    env: { LOCAL_WEBHOOK_ORIGINS: [first, second, silent].map(({ origin }) => origin).join() },
  });
  silentUser = await createUser(stack);
  silentIds = await insertEnded(silentUser, 2, `${silent.origin}/silent`);
});
afterAll(async () => {
  await stack?.stop();
  await Promise.all([first, second, silent].map((receiver) => receiver?.stop()));
});

/** Has the app send events that were inserted by SQL. By itself, it does so within five seconds. */
const sendSoon = () => void sweep(stack).catch(() => {});

/** Starts again with no deliveries. */
function reset(receiver: Receiver, answer: Receiver["answer"] = () => 200) {
  receiver.deliveries.length = 0;
  receiver.mostOpen = 0;
  receiver.answer = answer;
}

/** Inserts predictions that have started, progressed and ended, so each has three events. Returns their ids. */
async function insertEnded(user: User, count: number, webhook: string): Promise<string[]> {
  const key = randomUUID();
  await sql(
    stack,
    `do $$ begin
       insert into predictions (user_id, idempotency_key, request_hash, model, input, next_at, webhook)
       select '${user.id}', '${key} ' || number, 'h', 'a/b', '{}', null, '${webhook}' from generate_series(1, ${count}) number;
       update predictions set status = 'processing', started_at = now() where idempotency_key like '${key}%';
       update predictions set status = 'succeeded', completed_at = now(), saved_at = now(), logs = 'done', output = '"text"'
       where idempotency_key like '${key}%';
     end $$`,
  );
  const rows = await sql<{ id: string }>(stack, `select id from predictions where idempotency_key like '${key}%'`);
  return rows.map(({ id }) => id);
}

const kindOf = ({ prediction: { status, logs } }: Delivery) =>
  status === "succeeded" ? "completed" : logs ? "progress" : "start";

/** The kinds of the events of each prediction, in the order in which they were accepted for the first time. */
function kindsOf(deliveries: Delivery[], ids: string[]) {
  const byId = Map.groupBy(deliveries, ({ prediction }) => prediction.id);
  return ids.map((id) => [...new Set((byId.get(id) ?? []).map(kindOf))].join());
}
const ALL = "start,progress,completed";

const countEvents = async ({ id }: User) =>
  (await sql<{ id: string }>(stack, `select id from webhook_events where user_id = '${id}'`)).length;

/** Ends the pauses between attempts. */
const endPauses = () => sql(stack, "update webhook_events set due_at = now() where attempts > 0 and due_at > now()");

async function readSecret(user: User): Promise<string> {
  const client = new Replicate({ auth: user.accessToken, baseUrl: `${stack.appUrl}/api/v1` });
  return (await client.webhooks.default.secret.get()).key;
}

async function expectValid(deliveries: Delivery[], user: User) {
  const secret = await readSecret(user);
  const answers = await Promise.all(
    deliveries.map(({ headers, body }) => validateWebhook({ ...headers, body, secret })),
  );
  expect(answers.filter((isValid) => !isValid)).toEqual([]);
}

test("the changes of a prediction arrive at once, in order and signed, with its state at that moment", async () => {
  reset(first);
  const user = await createUser(stack);
  const api = createApi(stack, user);
  const webhook = `${first.origin}/hook?own=1`;
  const { id } = await api.create({ prompt: "a lighthouse", num_inference_steps: 20, width: 512, height: 512 });
  await sql(stack, `update predictions set webhook = '${webhook}' where id = '${id}'`);
  const end = await api.until(id, ({ status }) => status === "succeeded");
  await expect.poll(() => countEvents(user), soon).toBe(0);

  const accepted = first.accepted();
  expect(accepted.map(({ prediction }) => prediction.status).at(-1)).toBe("succeeded");
  expect(kindsOf(accepted, [id])).toEqual([ALL]);
  expect(new Set(accepted.map(({ path }) => path))).toEqual(new Set(["/hook?own=1"]));
  // Logs and outputs only grow.
  const sizes = accepted.map(({ prediction: { logs, output } }) => logs.length + JSON.stringify(output ?? "").length);
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  const last = JSON.parse(accepted.at(-1)?.body ?? "");
  expect(last).toMatchObject({ id, logs: end.logs, completed_at: end.completed_at, webhook, source: "api" });
  expect(last.output[0]).toContain(`${stack.env.APP_URL ?? stack.appUrl}/api/v1/outputs/${id}/0/`);
  // Without the sweep, which runs every five seconds.
  expect((accepted.at(-1)?.at ?? 0) - Date.parse(end.completed_at ?? "")).toBeLessThan(2_500);
  await expectValid(accepted, user);
  expect(new Set(accepted.map(({ headers }) => headers.id)).size).toBe(accepted.length);
});

test("all events arrive although the receiver fails, breaks connections and restarts", async () => {
  // Each prediction has three events.
  const count = size(120, 336);
  const seen = new Set<string>();
  let hasRestarted = false;
  // Of the first attempts, some fail in each of these ways.
  reset(first, ({ headers: { id }, attempt }) => {
    if (attempt > 1) return 204;
    seen.add(id);
    return seen.size % 7 === 0 ? 500 : seen.size % 11 === 0 ? "die" : seen.size % 13 === 0 ? 302 : 200;
  });
  const users = await Promise.all([createUser(stack), createUser(stack), createUser(stack)]);
  const ids = await Promise.all(users.map((user) => insertEnded(user, count / 3, `${first.origin}/${user.id}`)));
  sendSoon();
  await expect
    .poll(async () => {
      if (!hasRestarted && seen.size > count) {
        hasRestarted = true;
        await first.restart();
      }
      await endPauses();
      return Promise.all(users.map(countEvents));
    }, soon)
    .toEqual([0, 0, 0]);

  expect(hasRestarted).toBe(true);
  expect(kindsOf(first.accepted(), ids.flat())).toEqual(ids.flat().map(() => ALL));
  for (const user of users) {
    await expectValid(
      first.deliveries.filter(({ path }) => path === `/${user.id}`),
      user,
    );
  }
  // A later event is not even tried before the earlier one is accepted. An attempt again has the same id.
  const tries = kindsOf(first.deliveries, ids.flat());
  expect(tries).toEqual(ids.flat().map(() => ALL));
  expect(new Set(first.deliveries.map(({ headers }) => headers.id)).size).toBe(count * 3);
  expect(first.deliveries.length).toBeGreaterThan(count * 3);
});

test("a slow receiver does not delay a quick one, of the same user or of another", async () => {
  reset(first, () => "hang");
  reset(second);
  const [user, other] = [await createUser(stack), await createUser(stack)];
  await insertEnded(user, 50, `${first.origin}/slow`);
  sendSoon();
  await expect.poll(() => first.deliveries.length, soon).toBe(4);
  const ids = [
    ...(await insertEnded(user, 10, `${second.origin}/quick`)),
    ...(await insertEnded(other, 10, `${second.origin}/quick`)),
  ];
  await expect.poll(() => second.accepted().length, { timeout: 8_000, interval: 50 }).toBe(60);
  expect(kindsOf(second.accepted(), ids)).toEqual(ids.map(() => ALL));
  // Only four requests wait for it, until their time is over.
  expect(first.mostOpen).toBe(4);
  await sql(stack, `delete from predictions where user_id = '${user.id}'`);
  expect(await countEvents(user)).toBe(0);
});

test("a receiver that does not respond within ten seconds gets the event again", async () => {
  await expect.poll(() => countEvents(silentUser), soon).toBe(0);
  expect(kindsOf(silent.accepted(), silentIds)).toEqual([ALL, ALL]);
  const attempts = silent.deliveries.filter(({ prediction }) => prediction.id === silentIds[0] && !prediction.logs);
  const [hung, again] = attempts;
  expect([attempts.length, hung?.headers.id]).toEqual([2, again?.headers.id]);
  expect((again?.at ?? 0) - (hung?.at ?? 0)).toBeGreaterThan(11_000);
});

test("an app that is killed while it sends loses nothing, and two apps send nothing twice", async () => {
  const user = await createUser(stack);
  const webhook = `${second.origin}/killed`;
  // The receiver has the events, but the app does not learn this.
  reset(second, () => "hang");
  const ids = await insertEnded(user, 20, webhook);
  await expect.poll(() => second.deliveries.length, soon).toBe(4);
  await stack.killApp();
  expect(await countEvents(user)).toBe(60);

  const kept = new Set(second.deliveries.map(({ headers }) => headers.id));
  reset(second);
  await stack.restartApp();
  const other = await stack.addApp();
  await sql(stack, "update webhook_events set lease_until = now() where lease_token is not null");
  await Promise.all([sweep(stack), sweep({ ...stack, appUrl: other.appUrl })]);
  await expect.poll(() => countEvents(user), soon).toBe(0);
  expect(kindsOf(second.accepted(), ids)).toEqual(ids.map(() => ALL));
  expect(second.deliveries).toHaveLength(60);
  expect(second.deliveries.filter(({ headers }) => kept.has(headers.id))).toHaveLength(4);
  // The limit of a receiver holds for both apps together.
  expect(second.mostOpen).toBeLessThanOrEqual(4);
  await expectValid(second.deliveries, user);
  await other.kill("SIGTERM");
});

test("nothing is sent for a blocked user and to a private network, and after a day an event is given up", async () => {
  reset(second);
  const [blocked, inside] = [await createUser(stack), await createUser(stack)];
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${blocked.id}', now())`);
  await insertEnded(blocked, 1, `${second.origin}/blocked`);
  await insertEnded(inside, 1, `https://127.0.0.1:${new URL(second.origin).port}/inside`);
  await sweep(stack);
  const attempts = await sql(
    stack,
    `select attempts from webhook_events where user_id = '${inside.id}' order by position`,
  );
  expect(attempts).toMatchObject([{ attempts: 1 }, { attempts: 0 }, { attempts: 0 }]);
  expect([second.deliveries, await countEvents(blocked)]).toEqual([[], 3]);

  await sql(stack, "update webhook_events set created_at = now() - interval '25 hours'");
  await sweep(stack);
  expect([await countEvents(blocked), await countEvents(inside), second.deliveries]).toEqual([0, 0, []]);
});
