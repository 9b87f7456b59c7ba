import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);

const usage = async (): Promise<unknown> => (await api.ask("/api/usage")).json();

test("the usage follows the images that are used and returned", async () => {
  const midnight = new Date();
  midnight.setUTCHours(24, 0, 0, 0);
  expect(await usage()).toEqual({
    images: { limit: 200, used: 0, left: 200 },
    usd: { limit: 1000, used: 0, left: 1000 },
    stored_bytes: { limit: 5e9, used: 0, left: 5e9 },
    in_flight: { limit: 20, used: 0 },
    resets_at: midnight.toISOString(),
  });
  const { id } = await api.create({ prompt: "three of two hundred [429]", num_outputs: 3 });
  expect(await usage()).toMatchObject({ images: { used: 3, left: 197 }, in_flight: { used: 1 } });
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await usage()).toMatchObject({ images: { used: 0, left: 200 }, in_flight: { used: 0 } });
});

test("when the used images exceed a lowered limit, zero are left", async () => {
  const day = new Date().toISOString().slice(0, 10);
  await sql(
    stack,
    `insert into usage_daily values ('${user.id}', '${day}', 250)
     on conflict (user_id, day) do update set used = 250`,
  );
  expect(await usage()).toMatchObject({ images: { limit: 200, used: 250, left: 0 } });
  expect((await api.submit({ input: { prompt: "one more" } })).status).toBe(429);
  const page = await fetch(`${stack.appUrl}/dashboard/generate`, { headers: user.cookie });
  expect(await page.text()).toContain("No images left today.");
});

test("the usage needs a signed-in user", async () => {
  const answer = await fetch(`${stack.appUrl}/api/usage`);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([401, "private, no-store"]);
});
