import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
let users: User[];

beforeAll(async () => {
  users = await Promise.all(Array.from({ length: 10 }, () => createUser(stack)));
});
// These predictions are never sent to Replicate.
afterAll(() => sql(stack, `delete from predictions where user_id in (${users.map(({ id }) => `'${id}'`).join()})`));

/** The outcome of a request for one image when all users together may make `dailyTotal`. */
async function start(user: string, key: string, dailyTotal: number): Promise<string> {
  const { data } = await service
    .rpc("start_prediction", {
      p_request: {
        user_id: user,
        idempotency_key: key,
        request_hash: "h",
        model: "a/b",
        input: {},
        image_count: 1,
        lease_seconds: 600,
      },
      p_limits: {
        in_flight: 1e3,
        per_minute: 1e3,
        daily_per_user: 1e3,
        daily_per_new_user: null,
        daily_total: dailyTotal,
      },
    })
    .throwOnError();
  return (data as { outcome: string }).outcome;
}

test.each([1, 2, 3, 4, 5])(
  "ten users at once get exactly the images that the daily total still allows, round %i",
  async (round) => {
    const [total] = await sql<{ used: number }>(
      stack,
      "select used from usage_daily where user_id = '00000000-0000-0000-0000-000000000000' order by day desc",
    );
    const dailyTotal = (total?.used ?? 0) + 7;
    const requests = Array.from({ length: 100 }, (_, n) => start(users[n % 10]!.id, `${round} ${n}`, dailyTotal));
    const outcomes = await Promise.all(requests);
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(7);
    expect(outcomes.filter((outcome) => outcome === "spend_cap")).toHaveLength(93);
  },
);
