import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sql } from "../../support/database";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
let people: User[];

beforeAll(async () => {
  people = await Promise.all(Array.from({ length: 10 }, () => createUser(stack)));
});
// Nobody sends these.
afterAll(() => sql(stack, `delete from predictions where user_id in (${people.map(({ id }) => `'${id}'`).join()})`));

/** The outcome of asking for one image under a ceiling for everybody. */
async function ask(user: string, key: string, ceiling: number): Promise<string> {
  const { data } = await service
    .rpc("start_prediction", {
      p_request: {
        ...{ user_id: user, idempotency_key: key, request_hash: "h", model: "a/b", input: {}, image_count: 1 },
        lease_seconds: 600,
      },
      p_limits: {
        ...{ in_flight: 1000, per_minute: 1000, daily_per_user: 1000, daily_per_new_user: null },
        daily_total: ceiling,
      },
    })
    .throwOnError();
  return (data as { outcome: string }).outcome;
}

test.each([1, 2, 3, 4, 5])("ten people at once find exactly what the day still holds, time %i", async (time) => {
  const [total] = await sql<{ used: number }>(
    stack,
    "select used from usage_daily where user_id = '00000000-0000-0000-0000-000000000000' order by day desc",
  );
  const ceiling = (total?.used ?? 0) + 7;
  const asked = Array.from({ length: 100 }, (_, n) => ask(people[n % 10]!.id, `${time} ${n}`, ceiling));
  const outcomes = await Promise.all(asked);
  expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(7);
  expect(outcomes.filter((outcome) => outcome === "spend_cap")).toHaveLength(93);
});
