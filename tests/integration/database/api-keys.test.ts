import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
let user: User;

beforeEach(async () => {
  user = await createUser(stack);
});

// Deletes the predictions of the tests, so that no sweep advances them. They were never sent to Replicate.
afterEach(() => sql(stack, `delete from predictions where user_id = '${user.id}'`));

/** Adds a key with these columns. Returns its id. */
async function addKey(columns: object = {}, owner = user): Promise<string> {
  const hash = crypto.randomUUID();
  const row = { user_id: owner.id, name: "a script", start: "dr_AbC1", hash, scopes: ["predict"], ...columns };
  const { data } = await service.from("api_keys").insert(row).select("id").single().throwOnError();
  return data.id as string;
}

const start = (key_id: string | null, columns: object = {}, limits: object = {}) =>
  startOutcome(stack, user, { key_id, ...columns }, limits);
async function startOne(key_id: string | null, columns: object = {}): Promise<string> {
  const id = crypto.randomUUID();
  expect(await start(key_id, { id, ...columns })).toBe("created");
  return id;
}
const update = (p_id: string, p_update: object) =>
  service.rpc("update_prediction", { p_id, p_lease: null, p_update, p_next_in: 60 }).throwOnError();
const count = (outcomes: string[], outcome: string) => outcomes.filter((one) => one === outcome).length;

test("of 50 parallel requests with a key for 10 images, exactly 10 start", async () => {
  const key = await addKey({ daily_images: 10 });
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => start(key)));
  expect([count(outcomes, "created"), count(outcomes, "key_quota_exceeded")]).toEqual([10, 40]);
});

test("of 50 parallel requests with a key for one dollar, exactly as many start as it pays for", async () => {
  const key = await addKey({ daily_usd: 1 });
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => start(key, { max_usd: 0.15 })));
  expect([count(outcomes, "created"), count(outcomes, "key_budget_exceeded")]).toEqual([6, 44]);
  expect(await start(key, { max_usd: 0.1 })).toBe("created");
});

test("the usage of a key is settled with its predictions", async () => {
  const key = await addKey({ daily_images: 4, daily_usd: 1 });
  const price = { basis: "price", usual: 0.1, file: 0.1 };
  const [canceled, made] = [
    await startOne(key, { image_count: 2, max_usd: 0.5, price }),
    await startOne(key, { image_count: 2, max_usd: 0.5, price }),
  ];
  expect(await start(key)).toBe("key_quota_exceeded");
  expect(await start(key, { image_count: 0, max_usd: 0.1 })).toBe("key_budget_exceeded");
  // The prediction `canceled` has never run, so it counts as 0 images and 0 dollars.
  await update(canceled, { status: "canceled" });
  // The prediction `made` has made three images for $0.30, instead of two for at most $0.50.
  await update(made, { status: "succeeded", output: ["https://replicate.delivery/a.png"], file_count: 3 });
  expect(await start(key, { image_count: 2 })).toBe("key_quota_exceeded");
  expect(await start(key, { image_count: 0, max_usd: 0.71 })).toBe("key_budget_exceeded");
  expect(await start(key, { image_count: 1, max_usd: 0.7 })).toBe("created");
});

test("a key's limits count only its own predictions of today", async () => {
  const key = await addKey({ daily_images: 1 });
  const other = await addKey();
  await startOne(null, { image_count: 5 });
  await startOne(other, { image_count: 5 });
  const yesterday = await startOne(key);
  await sql(stack, `update predictions set created_at = created_at - interval '1 day' where id = '${yesterday}'`);
  expect(await start(key)).toBe("created");
  expect(await start(key)).toBe("key_quota_exceeded");
  // A run that makes text or audio requests 0 images, so the limit of images does not apply.
  expect(await start(key, { image_count: 0 })).toBe("created");
});

test("the user's own limits hold for a key without limits, and for one with higher limits", async () => {
  const [key, rich] = [await addKey(), await addKey({ daily_images: 1000, daily_usd: 1000 })];
  const limits = { daily_per_user: 2, daily_usd_per_user: 1 };
  expect(await start(key, {}, limits)).toBe("created");
  expect(await start(rich, { max_usd: 2 }, limits)).toBe("budget_exceeded");
  expect(await start(rich, { image_count: 2 }, limits)).toBe("quota_exceeded");
});

test("a key that was revoked or has expired, or that belongs to another user, starts nothing", async () => {
  const keys = [
    await addKey({ revoked_at: new Date().toISOString() }),
    await addKey({ expires_at: new Date(Date.now() - 1000).toISOString() }),
    await addKey({}, await createUser(stack)),
    crypto.randomUUID(),
  ];
  for (const key of keys) expect(await start(key)).toBe("key_refused");
  expect(await sql(stack, `select id from predictions where user_id = '${user.id}'`)).toEqual([]);
});

test("a repeated request with the same idempotency key returns its prediction, also if nothing is left", async () => {
  const key = await addKey({ daily_images: 1 });
  const same = { idempotency_key: "the same" };
  expect([await start(key, same), await start(key, same)]).toEqual(["created", "replayed"]);
});

test("a prediction stays when its key is deleted", async () => {
  const key = await addKey();
  const id = await startOne(key);
  await service.from("api_keys").delete().eq("id", key).throwOnError();
  expect(await sql(stack, `select key_id from predictions where id = '${id}'`)).toEqual([{ key_id: null }]);
});

test.each([{ scopes: [] }, { scopes: ["admin"] }, { daily_images: -1 }, { daily_usd: -1 }, { name: "" }])(
  "a key with %j cannot be stored",
  async (columns) => {
    await expect(addKey(columns)).rejects.toThrow("violates check constraint");
  },
);
