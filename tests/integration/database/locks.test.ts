import { randomUUID } from "node:crypto";
import { beforeAll, expect, inject, test } from "vitest";
import { size } from "../../support/form";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const ROUNDS = size(5, 15);
type Row = { id: string; position: number; prediction_id: string };
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});

/** Inserts `count` predictions of two images each. Returns a list of the first images and one of the second. `purgeAt` is SQL. */
async function images(count: number, purgeAt = "null") {
  const key = randomUUID();
  await sql(
    stack,
    `with made as (
       insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at, saved_at)
       select '${user.id}', '${key}' || n, 'h', 'a/b', '{}', 'succeeded', null, now() from generate_series(1, ${count}) n
       returning id)
     insert into sdxl_images (user_id, prediction_id, position, model, input, storage_path, content_type, width, height, bytes,
       sha256, source_url, purge_at)
     select '${user.id}', id, place, 'a/b', '{}', id || '/' || place || '.png', 'image/png', 1, 1, 1, repeat('0', 64), 'x', ${purgeAt}
     from made, generate_series(0, 1) place`,
  );
  const rows = await sql<Row>(
    stack,
    `select image.id, position, prediction_id from sdxl_images image join predictions on predictions.id = prediction_id
     where predictions.user_id = '${user.id}' and idempotency_key like '${key}%'`,
  );
  const at = (place: number) => rows.filter(({ position }) => position === place);
  return [at(0), at(1)] as const;
}

const requireIds = (rows: Row[]) => rows.map(({ id }) => id);

/** Sets the parent of each row in `ids` to the image at the same index in `parents`. */
async function setParents(table: "sdxl_images" | "predictions", ids: string[], parents: string[]) {
  const pairs = ids.map((id, index) => `('${id}'::uuid, '${parents[index]}'::uuid)`).join();
  await sql(
    stack,
    `update ${table} t set parent_image_id = parent from (values ${pairs}) v (id, parent) where t.id = v.id`,
  );
}

/** Runs all calls at the same time, and returns the messages of their errors. */
async function failuresOf(calls: PromiseLike<{ error: { message: string } | null }>[]) {
  const answers = await Promise.all(calls);
  return answers.flatMap(({ error }) => (error ? [error.message] : []));
}

const callAtOnce = (name: string, lists: Row[][], more: object = {}) =>
  failuresOf(lists.map((rows) => service.rpc(name, { p_user: user.id, p_ids: requireIds(rows), ...more })));

// Two calls at the same time update the same predictions. If they locked the rows in different orders, they would deadlock.
test("images of the same predictions may be deleted and restored at once", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const halves = [...(await images(40))];
    const failed = [
      ...(await callAtOnce("delete_media", halves, { p_undo_seconds: 60 })),
      ...(await callAtOnce("restore_media", halves)),
      ...(await callAtOnce("delete_media", halves, { p_undo_seconds: 0 })),
    ];
    expect(failed).toEqual([]);
  }
});

test("images whose time to undo is over may be removed during a restore", async () => {
  for (let round = 0; round < 3; round++) {
    const both = (await images(1, "now() - interval '1 second'")).flat();
    const [child = "", parent = ""] = requireIds(both).sort();
    await setParents("sdxl_images", [child], [parent]);
    const purge = () => service.rpc("claim_storage_removals", { p_limit: 100, p_lease_seconds: 1 });
    // Locks both images in the same order as a restore, but the parent only when another call already waits for the child.
    const restore = sql(
      stack,
      `do $$ begin
         perform from sdxl_images where id = '${child}' for update;
         for n in 1..30 loop
           exit when exists (select from pg_locks where not granted);
           perform pg_sleep(0.01);
         end loop;
         perform from sdxl_images where id = '${parent}' for update;
       end $$`,
    );
    expect(await Promise.all([restore, failuresOf([purge(), purge()])])).toEqual([expect.anything(), []]);
  }
});

test("images and their parents may be deleted while more images are saved", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [[parents], [made]] = [await images(40), await images(40)];
    const makers = made.map(({ prediction_id }) => prediction_id);
    await setParents("predictions", makers, requireIds(parents));
    const failed = await failuresOf([
      ...makers.map((id) => service.rpc("save_media", { p_prediction: id, p_media: thirdImage(`${id}/2.png`) })),
      service.rpc("delete_media", { p_user: user.id, p_ids: requireIds([...parents, ...made]), p_undo_seconds: 60 }),
    ]);
    expect(failed).toEqual([]);
  }
});

/** Returns the third image of a prediction, as the parameter `p_media` of `save_media`. */
function thirdImage(storage_path: string) {
  const file = { width: 1, height: 1, bytes: 1 };
  return { position: 2, storage_path, content_type: "image/png", ...file, sha256: "0".repeat(64), source_url: "x" };
}
