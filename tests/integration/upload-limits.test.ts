import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { createUser, type User } from "../support/users";

const stack = inject("stack");

const createPng = (red: number) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r: red, g: 90, b: 40 } } })
    .png()
    .toBuffer();
const send = (body: BodyInit, as: User) => createApi(stack, as).ask("/api/uploads", { method: "POST", body });
/** Starts an upload that the client would send to storage. */
const start = (as: User) =>
  createApi(stack, as).ask("/api/uploads/signed", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "a.mp4", bytes: 1 }),
  });

test("a user can have at most a hundred uploads, also when they arrive at once", async () => {
  const many = await createUser(stack);
  await sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at)
     select '${many.id}', '${many.id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, lpad(n::text, 64, '0'), now()
     from generate_series(1, 98) n`,
  );
  const items = await Promise.all([7, 8, 9, 10].map((red) => createPng(red)));
  const answers = await Promise.all(items.map((png) => send(new Uint8Array(png), many)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 429, 429]);
});

test("with a hundred uploads a new one replaces the one unused for the longest time", async () => {
  const regular = await createUser(stack);
  await sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at, used_at)
     select '${regular.id}', '${regular.id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, lpad(n::text, 64, '0'), now(),
            now() - n * interval '20 minutes' from generate_series(1, 100) n`,
  );
  // The last 28 of these were last used over a day ago.
  const uploadNew = async (red: number) => (await send(new Uint8Array(await createPng(red)), regular)).status;
  expect([await uploadNew(12), await uploadNew(13)]).toEqual([201, 201]);
  const left = await sql(
    stack,
    `select storage_path from uploads where user_id = '${regular.id}' order by used_at limit 1`,
  );
  expect(left).toEqual([{ storage_path: `${regular.id}/uploads/98.png` }]);
  expect(await sql(stack, `select count(*)::int as count from uploads where user_id = '${regular.id}'`)).toEqual([
    { count: 100 },
  ]);
});

test("an upload that is still on its way takes one of the hundred places, and so does none that has ended", async () => {
  const many = await createUser(stack);
  await sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at)
     select '${many.id}', '${many.id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, lpad(n::text, 64, '0'), now()
     from generate_series(1, 98) n`,
  );
  const answers = await Promise.all([1, 2, 3, 4].map(() => start(many)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 429, 429]);
  const refused = await send(new Uint8Array(await createPng(31)), many);
  expect(await refused.json()).toMatchObject({
    status: 429,
    type: "quota_exceeded",
    detail: "You have 100 uploads, and used each of them in the last 24 hours. Delete one to make room.",
  });
  await sql(stack, `update pending_uploads set ended_at = now() where user_id = '${many.id}'`);
  expect((await send(new Uint8Array(await createPng(31)), many)).status).toBe(201);
});
