import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { createPng, insertUploads, sendUpload, startSignedUpload, uploadPng } from "../support/uploads";
import { createUser } from "../support/users";

const stack = inject("stack");

const full = {
  status: 429,
  type: "quota_exceeded",
  detail:
    "You have 100 uploads, which is the limit, and you have used all of them in the last 24 hours. Delete one to make room.",
};

async function createUploader(uploads: number, minutes = 0) {
  const user = await createUser(stack);
  await insertUploads(stack, user, uploads, minutes);
  return { user, api: createApi(stack, user) };
}

const sortStatuses = (answers: Response[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);

test("a user can have at most a hundred uploads, also when they arrive at once", async () => {
  const { api } = await createUploader(98);
  const items = await Promise.all([7, 8, 9, 10].map((red) => createPng(red)));
  const answers = await Promise.all(items.map((png) => sendUpload(api, png)));
  expect(sortStatuses(answers)).toEqual([201, 201, 429, 429]);
});

test("with a hundred uploads a new one replaces the one unused for the longest time", async () => {
  const { user, api } = await createUploader(100, 20);
  // Uploads 73 to 100 were last used more than a day ago, so a new upload can replace the oldest of them.
  for (const red of [12, 13]) await uploadPng(api, red);
  const rows = await sql<{ storage_path: string }>(
    stack,
    `select storage_path from uploads where user_id = '${user.id}' order by used_at`,
  );
  expect([rows.length, rows[0]?.storage_path]).toEqual([100, `${user.id}/uploads/98.png`]);
});

test("an upload that is still on its way takes one of the hundred places, but not one that has ended", async () => {
  const { user, api } = await createUploader(98);
  const answers = await Promise.all([1, 2, 3, 4].map(() => startSignedUpload(api, 1)));
  expect(sortStatuses(answers)).toEqual([201, 201, 429, 429]);
  expect(await (await sendUpload(api, await createPng(31))).json()).toMatchObject(full);
  await sql(stack, `update pending_uploads set ended_at = now() where user_id = '${user.id}'`);
  await uploadPng(api, 31);
});

test("a deleted upload that is sent again needs a place like a new one", async () => {
  const { user, api } = await createUploader(0);
  const { id, url } = await uploadPng(api, 41);
  expect((await api.ask(`${url}?undo=60`, { method: "DELETE" })).status).toBe(204);
  await insertUploads(stack, user, 100);
  expect(await (await sendUpload(api, await createPng(41))).json()).toMatchObject(full);
  await sql(stack, `delete from uploads where storage_path = '${user.id}/uploads/7.png'`);
  expect(await uploadPng(api, 41)).toMatchObject({ id });
});

test("a user can start a hundred uploads that go to storage, until those are two hours old", async () => {
  const { user, api } = await createUploader(0);
  await sql(
    stack,
    `insert into pending_uploads (user_id, storage_path, name, bytes, ended_at)
     select '${user.id}', '${user.id}/incoming/' || n || '.part', '', 1, now() from generate_series(1, 100) n`,
  );
  expect(await (await startSignedUpload(api, 1)).json()).toMatchObject({ status: 429, type: "rate_limited" });
  const old = "created_at = now() - interval '131 minutes'";
  await sql(stack, `update pending_uploads set ${old} where storage_path = '${user.id}/incoming/7.part'`);
  await expect.poll(async () => (await startSignedUpload(api, 1)).status, { timeout: 20_000 }).toBe(201);
});
