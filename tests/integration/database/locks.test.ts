import { randomUUID } from "node:crypto";
import { beforeAll, expect, inject, test } from "vitest";
import { sql } from "../../support/database";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const ROUNDS = 15;
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});

/** So many predictions of two pictures each; the ids of all first pictures and of all second ones. */
async function pictures(count: number) {
  const key = randomUUID();
  await sql(
    stack,
    `with made as (
       insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at, saved_at)
       select '${user.id}', '${key}' || n, 'h', 'a/b', '{}', 'succeeded', null, now() from generate_series(1, ${count}) n
       returning id)
     insert into sdxl_images (user_id, prediction_id, position, model, input, storage_path, content_type, width, height, bytes,
       sha256, source_url)
     select '${user.id}', id, place, 'a/b', '{}', id || '/' || place || '.png', 'image/png', 1, 1, 1, repeat('0', 64), 'x'
     from made, generate_series(0, 1) place`,
  );
  const rows = await sql<{ id: string; position: number }>(
    stack,
    `select image.id, position from sdxl_images image join predictions on predictions.id = prediction_id
     where predictions.user_id = '${user.id}' and idempotency_key like '${key}%'`,
  );
  const at = (place: number) => rows.filter(({ position }) => position === place).map(({ id }) => id);
  return [at(0), at(1)] as const;
}

/** What went wrong with any of these calls, all at one time. */
async function together(name: string, lists: string[][], more: object = {}) {
  const answers = await Promise.all(
    lists.map((ids) => service.rpc(name, { p_user: user.id, p_ids: ids, ...more }).then(({ error }) => error)),
  );
  return answers.filter((error) => error !== null);
}

// Each prediction is changed by both halves, which come in orders of their own.
test("pictures of the same predictions may be deleted and restored at one time", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const halves = [...(await pictures(40))];
    const failed = [
      ...(await together("delete_images", halves, { p_undo_seconds: 60 })),
      ...(await together("restore_images", halves)),
      ...(await together("delete_images", halves, { p_undo_seconds: 0 })),
    ];
    expect(failed).toEqual([]);
  }
});
