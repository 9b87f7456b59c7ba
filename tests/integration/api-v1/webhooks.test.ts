import { afterAll, beforeAll, expect, test } from "vitest";
import { size } from "../../support/form";
import { sql } from "../../support/sql";
import { startStack, type Stack } from "../../support/stack";
import { sweep } from "../../support/sweep";
import { createUser, type User } from "../../support/users";
import { startReceiver, type Receiver } from "../../support/webhook-receiver";
import { ALL, connectClient, countEvents, expectValid, insertEnded, kindOf, kindsOf, SDXL } from "../support/webhooks";

/** A separate stack, because the receivers' URLs are a setting of the app, and because a test kills the app. */
let stack: Stack;
let first: Receiver;
let second: Receiver;
/** A receiver that does not respond to the first attempt of each `start` event. Its events are inserted before the first test. */
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
  silentIds = await insertEnded(stack, silentUser, 2, `${silent.origin}/silent`);
});
afterAll(async () => {
  await stack?.stop();
  await Promise.all([first, second, silent].map((receiver) => receiver?.stop()));
});

/** Makes the app send now the events that were inserted with SQL. Otherwise, it would send them within five seconds. */
const sendSoon = () => void sweep(stack).catch(() => {});

/** Makes all events due that wait for their next attempt. */
const endPauses = () => sql(stack, "update webhook_events set due_at = now() where attempts > 0 and due_at > now()");

test("the changes of a prediction arrive at once, in order and signed, as the API describes it", async () => {
  first.reset();
  const user = await createUser(stack);
  const client = connectClient(stack, user);
  const webhook = `${first.origin}/hook?own=1`;
  const input = { prompt: "a lighthouse", num_inference_steps: 20, width: 512, height: 512 };
  const { id } = await client.predictions.create({ version: SDXL, input, webhook });
  await expect.poll(() => first.accepted().at(-1)?.prediction.status, soon).toBe("succeeded");
  await expect.poll(() => countEvents(stack, user), soon).toBe(0);

  const accepted = first.accepted();
  expect(kindsOf(accepted, [id])).toEqual([ALL]);
  expect(new Set(accepted.map(({ path }) => path))).toEqual(new Set(["/hook?own=1"]));
  // From event to event, the logs and the output never get shorter.
  const sizes = accepted.map(({ prediction: { logs, output } }) => logs.length + JSON.stringify(output ?? "").length);
  expect(sizes).toEqual(sizes.toSorted((one, other) => one - other));
  const end = await client.predictions.get(id);
  expect(JSON.parse(accepted.at(-1)?.body ?? "")).toEqual(end);
  expect(end).toMatchObject({ webhook, status: "succeeded" });
  // The last event was sent right after the end, not by the next sweep. A sweep runs only every five seconds.
  expect((accepted.at(-1)?.at ?? 0) - Date.parse(end.completed_at ?? "")).toBeLessThan(2_500);
  await expectValid(stack, accepted, user);
  expect(new Set(accepted.map(({ headers }) => headers.id)).size).toBe(accepted.length);
});

test("only the events of the filter arrive", async () => {
  first.reset();
  const user = await createUser(stack);
  const options = { webhook: `${first.origin}/filtered`, webhook_events_filter: ["completed" as const] };
  const input = { prompt: "a lighthouse", num_inference_steps: 1, width: 256, height: 256 };
  await connectClient(stack, user).predictions.create({ version: SDXL, input, ...options });
  await expect.poll(() => first.accepted().map(kindOf), soon).toEqual(["completed"]);
});

test("a webhook to a private network or to the app itself is refused, and nothing is started", async () => {
  const user = await createUser(stack);
  const { predictions } = connectClient(stack, user);
  for (const webhook of ["https://127.0.0.1/", `${stack.appUrl}/`, "https://[::ffff:a00:1]/"]) {
    const created = predictions.create({ version: SDXL, input: { prompt: "a fox" }, webhook });
    await expect(created).rejects.toThrow(/status 422 .*"field":"webhook"/);
  }
  expect(await sql(stack, `select id from predictions where user_id = '${user.id}'`)).toEqual([]);
});

test("all events arrive although the receiver fails, breaks connections and restarts", async () => {
  // How many predictions there are. Each has three events.
  const count = size(30, 336);
  const seen = new Set<string>();
  let hasRestarted = false;
  // Some first attempts fail: with a 500, with a broken connection, or with a redirect.
  first.reset(({ headers: { id }, attempt }) => {
    if (attempt > 1) return 204;
    seen.add(id);
    return seen.size % 7 === 0 ? 500 : seen.size % 11 === 0 ? "die" : seen.size % 13 === 0 ? 302 : 200;
  });
  const users = await Promise.all([createUser(stack), createUser(stack), createUser(stack)]);
  const ids = await Promise.all(users.map((user) => insertEnded(stack, user, count / 3, `${first.origin}/${user.id}`)));
  sendSoon();
  await expect
    .poll(async () => {
      if (!hasRestarted && seen.size > count) {
        hasRestarted = true;
        await first.restart();
      }
      await endPauses();
      await sweep(stack);
      return Promise.all(users.map((user) => countEvents(stack, user)));
    }, soon)
    .toEqual([0, 0, 0]);

  expect(hasRestarted).toBe(true);
  expect(kindsOf(first.accepted(), ids.flat())).toEqual(ids.flat().map(() => ALL));
  for (const user of users) {
    await expectValid(
      stack,
      first.deliveries.filter(({ path }) => path === `/${user.id}`),
      user,
    );
  }
  // No event is sent before the earlier events of its prediction were accepted. A repeated attempt has the same id.
  const tries = kindsOf(first.deliveries, ids.flat());
  expect(tries).toEqual(ids.flat().map(() => ALL));
  expect(new Set(first.deliveries.map(({ headers }) => headers.id)).size).toBe(count * 3);
  expect(first.deliveries.length).toBeGreaterThan(count * 3);
});

test("a slow receiver does not delay a quick one, of the same user or of another", async () => {
  first.reset(() => "hang");
  second.reset();
  const [user, other] = [await createUser(stack), await createUser(stack)];
  await insertEnded(stack, user, 50, `${first.origin}/slow`);
  sendSoon();
  await expect.poll(() => first.deliveries.length, soon).toBe(4);
  const ids = [
    ...(await insertEnded(stack, user, 10, `${second.origin}/quick`)),
    ...(await insertEnded(stack, other, 10, `${second.origin}/quick`)),
  ];
  await expect.poll(() => second.accepted().length, { timeout: 8_000, interval: 50 }).toBe(60);
  expect(kindsOf(second.accepted(), ids)).toEqual(ids.map(() => ALL));
  // At most four requests to the slow receiver are open at the same time.
  expect(first.mostOpen).toBe(4);
  await sql(stack, `delete from predictions where user_id = '${user.id}'`);
  expect(await countEvents(stack, user)).toBe(0);
});

test("a receiver that does not respond within ten seconds gets the event again", async () => {
  await expect.poll(() => countEvents(stack, silentUser), soon).toBe(0);
  expect(kindsOf(silent.accepted(), silentIds)).toEqual([ALL, ALL]);
  const attempts = silent.deliveries.filter(({ prediction }) => prediction.id === silentIds[0] && !prediction.logs);
  const [hung, again] = attempts;
  expect([attempts.length, hung?.headers.id]).toEqual([2, again?.headers.id]);
  expect((again?.at ?? 0) - (hung?.at ?? 0)).toBeGreaterThan(9_900);
});

test("an app that is killed while it sends loses nothing, and two apps send nothing twice", async () => {
  const user = await createUser(stack);
  const webhook = `${second.origin}/killed`;
  // The receiver gets the events but does not respond, so the app does not know that they have arrived.
  second.reset(() => "hang");
  const ids = await insertEnded(stack, user, 20, webhook);
  await expect.poll(() => second.deliveries.length, soon).toBe(4);
  await stack.killApp();
  expect(await countEvents(stack, user)).toBe(60);

  const kept = new Set(second.deliveries.map(({ headers }) => headers.id));
  second.reset();
  await stack.restartApp();
  const other = await stack.addApp();
  await sql(stack, "update webhook_events set lease_until = now() where lease_token is not null");
  await Promise.all([sweep(stack), sweep({ ...stack, appUrl: other.appUrl })]);
  await expect.poll(() => countEvents(stack, user), soon).toBe(0);
  expect(kindsOf(second.accepted(), ids)).toEqual(ids.map(() => ALL));
  expect(second.deliveries).toHaveLength(60);
  expect(second.deliveries.filter(({ headers }) => kept.has(headers.id))).toHaveLength(4);
  // The limit of four open requests to one receiver applies to both instances together.
  expect(second.mostOpen).toBeLessThanOrEqual(4);
  await expectValid(stack, second.deliveries, user);
  await other.kill("SIGTERM");
});

test("nothing is sent for a blocked user and to a private network, and after a day an event is given up", async () => {
  second.reset();
  const [blocked, inside] = [await createUser(stack), await createUser(stack)];
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${blocked.id}', now())`);
  await insertEnded(stack, blocked, 1, `${second.origin}/blocked`);
  await insertEnded(stack, inside, 1, `https://127.0.0.1:${new URL(second.origin).port}/inside`);
  await sweep(stack);
  const attempts = await sql(
    stack,
    `select attempts from webhook_events where user_id = '${inside.id}' order by position`,
  );
  expect(attempts).toMatchObject([{ attempts: 1 }, { attempts: 0 }, { attempts: 0 }]);
  expect([second.deliveries, await countEvents(stack, blocked)]).toEqual([[], 3]);

  await sql(stack, "update webhook_events set created_at = now() - interval '25 hours'");
  await sweep(stack);
  expect([await countEvents(stack, blocked), await countEvents(stack, inside), second.deliveries]).toEqual([0, 0, []]);
});
