import { afterEach, expect, inject, test } from "vitest";
import { listAccepted, createApi, setFaults, listRequestsAbout } from "../support/api";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));

afterEach(() => setFaults(stack, {}));

const cancel = (id: string) => api.ask(`/api/replicate/${id}`, { method: "DELETE" });

/** Starts a prediction that Replicate will not cancel. `countCancels` counts the cancel requests that Replicate received. */
async function startUncancelable(words: string) {
  await setFaults(stack, { match: words, cancel: { status: 404 } });
  const { id } = await api.create({ prompt: `${words} [slow]` });
  const [remote] = await listAccepted(stack, words);
  const countCancels = async () =>
    (await listRequestsAbout(stack, remote?.id ?? "")).filter(({ route }) => route.includes("cancel")).length;
  return { id, countCancels };
}

test("thirty cancels at once do not send Replicate thirty requests", async () => {
  const { id, countCancels } = await startUncancelable("an impatient finger");
  const start = Date.now();
  const answers = await Promise.all(Array.from({ length: 30 }, () => cancel(id)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  // The 30 requests cause one cancel request to Replicate. The app repeats this request with growing delays, the first of half a
  // second. The limit allows one request more.
  expect(await countCancels()).toBeLessThanOrEqual(2 + (Date.now() - start) / 500);
  await setFaults(stack, {});
  expect((await api.ended(id)).status).toBe("canceled");
});

test("a cancel that Replicate refuses is retried with growing delays until it succeeds", async () => {
  const { id } = await startUncancelable("deaf for long");
  await cancel(id);
  await sql(stack, `update predictions set cancel_requested_at = now() - interval '8 seconds' where id = '${id}'`);
  const wait = async () =>
    (
      await sql<{ wait: number }>(
        stack,
        `select extract(epoch from next_at - now())::float as wait from predictions where id = '${id}'`,
      )
    )[0]?.wait;
  await expect.poll(wait, { timeout: 15_000 }).toBeGreaterThan(3);
  await setFaults(stack, {});
  expect((await api.ended(id)).status).toBe("canceled");
});

test("a cancel does not wait for the lease of a server that died", async () => {
  const { id } = await api.create({ prompt: "held by the dead [slow]" });
  await listAccepted(stack, "held by the dead");
  await api.until(id, ({ status }) => status === "processing");
  await sql(
    stack,
    `update predictions set lease_token = gen_random_uuid(), lease_until = now() + interval '2 minutes' where id = '${id}'`,
  );
  expect(await (await cancel(id)).json()).toMatchObject({ status: "canceled" });
});
