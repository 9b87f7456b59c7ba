import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { seedRows, startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const ALL_USERS = "00000000-0000-0000-0000-000000000000";
const started: string[] = [];

beforeAll(() => sql(stack, "select merge_storage_changes()"));
// Deletes the predictions of the tests, so that no sweep advances them. They were never sent to Replicate.
afterAll(() => sql(stack, `delete from predictions where user_id in (${started.map((id) => `'${id}'`).join()})`));

async function readStored(userId: string): Promise<number> {
  const [row] = await sql<{ bytes: number }>(stack, `select stored_bytes('${userId}')::int as bytes`);
  return row?.bytes ?? -1;
}

/**
 * Returns the bytes that are counted for all users, minus the bytes of all stored files. Both can still grow, because the app
 * may still be saving files of earlier tests. Their difference must not change.
 */
async function readMiscounted(): Promise<number> {
  const files = `select bytes from sdxl_images where purge_at is null union all select bytes from uploads where purge_at is null
    union all select bytes from pending_uploads where ended_at is null`;
  const [row] = await sql<{ bytes: number }>(
    stack,
    `select (stored_bytes('${ALL_USERS}') - coalesce((select sum(bytes) from (${files}) file), 0))::int as bytes`,
  );
  return row?.bytes ?? -1;
}

async function startUpload(userId: string, bytes: number, limits: object = {}): Promise<string> {
  const id = randomUUID();
  const p_upload = {
    id,
    storage_path: `${userId}/uploads/${id}.png`,
    content_type: "image/png",
    width: 1,
    height: 1,
    bytes,
    sha256: id.replaceAll("-", "").repeat(2),
  };
  const p_limits = { count: null, storage_per_user: null, storage_total: null, ...limits };
  const { data } = await service.rpc("start_upload", { p_user: userId, p_upload, p_limits }).throwOnError();
  return (data as { outcome: string }).outcome;
}

async function createOwner() {
  const user = await createUser(stack);
  started.push(user.id);
  return user;
}

test("the stored bytes follow files that are saved, deleted, restored and removed", async () => {
  const user = await createOwner();
  const before = await readMiscounted();
  // The rows include one file and one upload, of 70 bytes each.
  const { sdxl_images, predictions } = await seedRows(stack, user);
  expect(await readStored(user.id)).toBe(140);
  const act = (name: string, more: object = {}) =>
    service.rpc(name, { p_user: user.id, p_ids: [sdxl_images.id], ...more }).throwOnError();
  await act("delete_media", { p_undo_seconds: 60 });
  expect(await readStored(user.id)).toBe(70);
  await act("restore_media");
  expect(await readStored(user.id)).toBe(140);
  await sql(stack, "select merge_storage_changes()");
  expect(await readStored(user.id)).toBe(140);
  expect(await readMiscounted()).toBe(before);
  await act("delete_media", { p_undo_seconds: 60 });
  await act("delete_media", { p_undo_seconds: 0 });
  expect(await readStored(user.id)).toBe(70);
  await sql(stack, `delete from predictions where id = '${predictions.id}'`);
  await sql(stack, `delete from auth.users where id = '${user.id}'`);
  expect([await readStored(user.id), await readMiscounted()]).toEqual([0, before]);
});

test("an account that is deleted with its files takes their bytes with it", async () => {
  const before = await readMiscounted();
  const user = await createOwner();
  await seedRows(stack, user);
  await sql(stack, `delete from auth.users where id = '${user.id}'`);
  expect([await readStored(user.id), await readMiscounted()]).toEqual([0, before]);
});

test("uploads at once get exactly the bytes that their user may store, while changes are merged", async () => {
  const user = await createOwner();
  const uploads = Array.from({ length: 60 }, () => startUpload(user.id, 10, { storage_per_user: 105 }));
  const merges = Array.from({ length: 10 }, () => service.rpc("merge_storage_changes").throwOnError());
  const outcomes = await Promise.all(uploads);
  await Promise.all(merges);
  expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === "storage_limit")).toHaveLength(50);
  expect(await readStored(user.id)).toBe(100);
});

test("uploads of several users at once get exactly the bytes that all users may store", async () => {
  const users = await Promise.all(Array.from({ length: 5 }, createOwner));
  const limit = (await readStored(ALL_USERS)) + 75;
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, n) => startUpload(users[n % 5]!.id, 10, { storage_total: limit })),
  );
  expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(7);
  expect(outcomes.filter((outcome) => outcome === "storage_total_limit")).toHaveLength(53);
});

test("the same file again needs no room", async () => {
  const user = await createOwner();
  const { uploads } = await seedRows(stack, user);
  const p_limits = { count: 100, storage_per_user: 1, storage_total: 1 };
  const { data } = await service
    .rpc("start_upload", { p_user: user.id, p_upload: { ...uploads, id: randomUUID() }, p_limits })
    .throwOnError();
  expect(data).toMatchObject({ outcome: "found", upload: { id: uploads.id } });
});

test("a run is refused while the storage is full, and accepted as soon as something is deleted", async () => {
  const user = await createOwner();
  const { sdxl_images } = await seedRows(stack, user);
  const start = (limits: object) => startOutcome(stack, user, {}, limits);
  expect(await start({ storage_per_user: 140 })).toBe("storage_limit");
  expect(await start({ storage_total: await readStored(ALL_USERS) })).toBe("storage_total_limit");
  expect(await start({ storage_per_user: 141 })).toBe("created");
  const parameters = { p_user: user.id, p_ids: [sdxl_images.id], p_undo_seconds: 60 };
  await service.rpc("delete_media", parameters).throwOnError();
  expect(await start({ storage_per_user: 140 })).toBe("created");
});

test("a missing limit is an error, because a misspelled one would mean no limit", async () => {
  const parameters = { p_user: randomUUID(), p_upload: {}, p_limits: { count: 1 } };
  expect((await service.rpc("start_upload", parameters)).error?.message).toMatch(/must name every limit/);
});
