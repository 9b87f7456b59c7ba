import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { createUser, type User } from "../../support/users";

const stack = inject("stack");
let users: User[];

beforeAll(async () => {
  users = await Promise.all(Array.from({ length: 10 }, () => createUser(stack)));
});
// Deletes the predictions of the tests, so that no sweep advances them. They were never sent to Replicate.
afterAll(() => sql(stack, `delete from predictions where user_id in (${users.map(({ id }) => `'${id}'`).join()})`));

test.each([1, 2, 3, 4, 5])(
  "ten users at once get exactly the images that the daily total still allows, round %i",
  async () => {
    const [total] = await sql<{ used: number }>(
      stack,
      "select used from usage_daily where user_id = '00000000-0000-0000-0000-000000000000' order by day desc",
    );
    const dailyTotal = (total?.used ?? 0) + 7;
    const requests = Array.from({ length: 100 }, (_, n) =>
      startOutcome(stack, users[n % 10]!, {}, { daily_total: dailyTotal }),
    );
    const outcomes = await Promise.all(requests);
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(7);
    expect(outcomes.filter((outcome) => outcome === "spend_cap")).toHaveLength(93);
  },
);
