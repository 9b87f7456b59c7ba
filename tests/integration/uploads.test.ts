import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { listAccepted, createApi } from "../support/api";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));

type Upload = { id: string; url: string; width: number; bytes: number };

const createPng = (red: number, side = 64) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: red, g: 90, b: 40 } } })
    .png()
    .toBuffer();
const send = (body: BodyInit, headers: Record<string, string> = { "content-type": "image/png" }, as = api) =>
  as.ask("/api/uploads", { method: "POST", body, headers });

async function upload(red: number): Promise<Upload> {
  const answer = await send(new Uint8Array(await createPng(red)));
  expect(answer.status).toBe(201);
  return (await answer.json()) as Upload;
}

const objects = async () => {
  const { data } = await connectAsService(stack).storage.from("images").list(`${user.id}/uploads`);
  return (data ?? []).map(({ name }) => name.split("/").at(-1));
};

test("an uploaded image is saved unchanged, and only its owner can read it", async () => {
  const bytes = await createPng(1);
  const answer = await send(new Uint8Array(bytes));
  const saved = (await answer.json()) as Upload;
  expect(saved).toEqual({
    id: expect.any(String),
    url: `/api/uploads/${saved.id}`,
    content_type: "image/png",
    width: 64,
    height: 64,
    bytes: bytes.length,
  });
  expect(answer.headers.get("location")).toBe(saved.url);
  const own = await api.ask(saved.url);
  expect([own.status, own.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await own.arrayBuffer()).equals(bytes)).toBe(true);
  for (const answer of [await other.ask(saved.url), await fetch(new URL(saved.url, stack.appUrl))]) {
    expect(answer.status).toBe(404);
  }
  expect((await api.ask(`/api/media/${saved.id}`)).status).toBe(404);
});

test("uploading the same image twice gives the same upload", async () => {
  const [first, second] = [await upload(2), await upload(2)];
  expect(second.id).toBe(first.id);
});

test("the same image sent many times at once is one upload and one file", async () => {
  const before = await objects();
  const bytes = new Uint8Array(await createPng(14, 1000));
  const answers = await Promise.all(Array.from({ length: 24 }, () => send(bytes)));
  expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(201));
  const ids = new Set((await Promise.all(answers.map((answer) => answer.json()))).map(({ id }) => id));
  expect(ids.size).toBe(1);
  expect((await objects()).filter((name) => !before.includes(name))).toEqual([`${[...ids][0]}.png`]);
});

test("a file that is not an image, incomplete or too large is refused", async () => {
  const png = new Uint8Array(await createPng(3));
  const refusals = await Promise.all([
    send("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    send(png.slice(0, png.length - 20)),
    send(""),
    send(new Uint8Array(10_000_001)),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([415, 400, 400, 413]);
  expect((await send(png, { origin: "https://evil.example" }, { ...api, ask: asPage })).status).toBe(403);
  expect((await fetch(new URL("/api/uploads", stack.appUrl), { method: "POST", body: png })).status).toBe(403);
});

test("a model takes an upload by its id or path, but not another user's", async () => {
  const { id, url } = await upload(4);
  const upscale = (image: string, as = api) =>
    as.submit({ model: "nightmareai/real-esrgan", input: { image, scale: 2 } });
  const answer = await upscale(id);
  expect(answer.status).toBe(201);
  const created = (await answer.json()) as { id: string; input: { image: string } };
  expect(created.input.image).toBe(url);
  const saved = await api.saved(created.id);
  expect(saved.images).toMatchObject([{ width: 128, height: 128 }]);
  expect((await upscale(url)).status).toBe(201);
  for (const image of [url, id]) {
    expect(await (await upscale(image, other)).json()).toMatchObject({ invalid_fields: [{ field: "input.image" }] });
  }
  expect((await upscale(`/api/uploads/${randomUUID()}`)).status).toBe(422);
  expect(await listAccepted(stack, "nothing of this")).toEqual([]);
});

test("an upload unused for two weeks is deleted, row and file", async () => {
  const [stays, goes] = [await upload(5), await upload(6)];
  await sql(stack, `update uploads set used_at = now() - interval '15 days' where id = '${goes.id}'`);
  await expect.poll(objects, { timeout: 20_000 }).not.toContain(`${goes.id}.png`);
  expect(await objects()).toContain(`${stays.id}.png`);
  expect((await api.ask(goes.url)).status).toBe(404);
  expect((await api.ask(stays.url)).status).toBe(200);
});

test("deleting an account deletes its uploads", async () => {
  const leaving = await createUser(stack);
  const left = () => sql(stack, `select name from storage.objects where name like '${leaving.id}/%'`);
  expect((await send(new Uint8Array(await createPng(11)), undefined, createApi(stack, leaving))).status).toBe(201);
  expect(await left()).toHaveLength(1);
  await sql(stack, `delete from auth.users where id = '${leaving.id}'`);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
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
  const answers = await Promise.all(items.map((png) => send(new Uint8Array(png), undefined, createApi(stack, many))));
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
  const uploadNew = async (red: number) =>
    (await send(new Uint8Array(await createPng(red)), undefined, createApi(stack, regular))).status;
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

/** Sends the request as a page of the app does: with the cookie. */
function asPage(path: string, init: RequestInit = {}) {
  return fetch(new URL(path, stack.appUrl), {
    ...init,
    headers: { ...user.cookie, ...Object.fromEntries(new Headers(init.headers)) },
  });
}
