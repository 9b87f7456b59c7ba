import { afterEach, expect, inject, test } from "vitest";
import { accepted, apiOf, fault, requestsAbout } from "../support/api";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = apiOf(stack, await createUser(stack));

afterEach(() => fault(stack, {}));

const cancel = (id: string) => api.ask(`/api/replicate/${id}`, { method: "DELETE" });

/** One that Replicate goes on with, whoever wants it canceled, and how often it was asked to cancel it. */
async function startDeaf(words: string) {
  await fault(stack, { match: words, cancel: { status: 404 } });
  const { id } = await api.create({ prompt: `${words} [slow]` });
  const [remote] = await accepted(stack, words);
  const asked = async () =>
    (await requestsAbout(stack, remote?.id ?? "")).filter(({ route }) => route.includes("cancel")).length;
  return { id, asked };
}

test("a cancel that is wished for again and again reaches Replicate no more often", async () => {
  const { id, asked } = await startDeaf("an impatient finger");
  const start = Date.now();
  const answers = await Promise.all(Array.from({ length: 30 }, () => cancel(id)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  // At once, and after it at growing distances from half a second on.
  expect(await asked()).toBeLessThanOrEqual(2 + (Date.now() - start) / 500);
  await fault(stack, {});
  expect((await api.ended(id)).status).toBe("canceled");
});

test("a cancel that Replicate does not follow is repeated ever more seldom, and heard in the end", async () => {
  const { id } = await startDeaf("deaf for long");
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
  await fault(stack, {});
  expect((await api.ended(id)).status).toBe("canceled");
});

test("a cancel does not wait for whoever died while they asked Replicate", async () => {
  const { id } = await api.create({ prompt: "held by the dead [slow]" });
  await accepted(stack, "held by the dead");
  await api.until(id, ({ status }) => status === "processing");
  await sql(
    stack,
    `update predictions set lease_token = gen_random_uuid(), lease_until = now() + interval '2 minutes' where id = '${id}'`,
  );
  expect(await (await cancel(id)).json()).toMatchObject({ status: "canceled" });
});
