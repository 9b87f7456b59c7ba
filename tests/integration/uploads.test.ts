import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { accepted, apiOf } from "../support/api";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const other = apiOf(stack, await createUser(stack));

type Upload = { id: string; url: string; width: number; bytes: number };

const draw = (red: number, side = 64) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: red, g: 90, b: 40 } } })
    .png()
    .toBuffer();
const send = (body: BodyInit, headers: Record<string, string> = { "content-type": "image/png" }, as = api) =>
  as.ask("/api/uploads", { method: "POST", body, headers });

async function upload(red: number): Promise<Upload> {
  const answer = await send(new Uint8Array(await draw(red)));
  expect(answer.status).toBe(201);
  return (await answer.json()) as Upload;
}

const objects = async () => {
  const { data } = await connectAsService(stack).storage.from("images").list(`${user.id}/uploads`);
  return (data ?? []).map(({ name }) => name.split("/").at(-1));
};

test("an image that was brought along is kept as it is, for its owner alone", async () => {
  const bytes = await draw(1);
  const answer = await send(new Uint8Array(bytes));
  const kept = (await answer.json()) as Upload;
  expect(kept).toEqual({
    id: expect.any(String),
    url: `/api/uploads/${kept.id}`,
    content_type: "image/png",
    width: 64,
    height: 64,
    bytes: bytes.length,
  });
  expect(answer.headers.get("location")).toBe(kept.url);
  const own = await api.ask(kept.url);
  expect([own.status, own.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await own.arrayBuffer()).equals(bytes)).toBe(true);
  for (const answer of [await other.ask(kept.url), await fetch(new URL(kept.url, stack.appUrl))]) {
    expect(answer.status).toBe(404);
  }
  expect((await api.ask(`/api/media/${kept.id}`)).status).toBe(404);
});

test("the same image again is the same upload", async () => {
  const [first, second] = [await upload(2), await upload(2)];
  expect(second.id).toBe(first.id);
});

test("what is no image, not whole or too large is not kept", async () => {
  const png = new Uint8Array(await draw(3));
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

test("a model works on it, named by its id or its path; a stranger's is nobody's", async () => {
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
  expect(await accepted(stack, "nothing of this")).toEqual([]);
});

test("what nothing has used for two weeks goes, row and file", async () => {
  const [stays, goes] = [await upload(5), await upload(6)];
  await sql(stack, `update uploads set used_at = now() - interval '15 days' where id = '${goes.id}'`);
  await expect.poll(objects, { timeout: 20_000 }).not.toContain(`${goes.id}.png`);
  expect(await objects()).toContain(`${stays.id}.png`);
  expect((await api.ask(goes.url)).status).toBe(404);
  expect((await api.ask(stays.url)).status).toBe(200);
});

test("an account that is deleted takes what it brought along with it", async () => {
  const leaving = await createUser(stack);
  const left = () => sql(stack, `select name from storage.objects where name like '${leaving.id}/%'`);
  expect((await send(new Uint8Array(await draw(11)), undefined, apiOf(stack, leaving))).status).toBe(201);
  expect(await left()).toHaveLength(1);
  await sql(stack, `delete from auth.users where id = '${leaving.id}'`);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});

test("a hundred are kept of one person at one time, also when they come together", async () => {
  const many = await createUser(stack);
  await sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at)
     select '${many.id}', '${many.id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, repeat('0', 64), now()
     from generate_series(1, 98) n`,
  );
  const items = await Promise.all([7, 8, 9, 10].map((red) => draw(red)));
  const answers = await Promise.all(items.map((png) => send(new Uint8Array(png), undefined, apiOf(stack, many))));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 429, 429]);
});

test("who has a hundred brings another, in the place of the one that was not used for the longest time", async () => {
  const regular = await createUser(stack);
  await sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at, used_at)
     select '${regular.id}', '${regular.id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, repeat('0', 64), now(),
            now() - n * interval '20 minutes' from generate_series(1, 100) n`,
  );
  // Of these the last 28 were not used for a day.
  const bring = async (red: number) =>
    (await send(new Uint8Array(await draw(red)), undefined, apiOf(stack, regular))).status;
  expect([await bring(12), await bring(13)]).toEqual([201, 201]);
  const left = await sql(
    stack,
    `select storage_path from uploads where user_id = '${regular.id}' order by used_at limit 1`,
  );
  expect(left).toEqual([{ storage_path: `${regular.id}/uploads/98.png` }]);
  expect(await sql(stack, `select count(*)::int as count from uploads where user_id = '${regular.id}'`)).toEqual([
    { count: 100 },
  ]);
});

/** As a page of the app sends it: with the cookie. */
function asPage(path: string, init: RequestInit = {}) {
  return fetch(new URL(path, stack.appUrl), {
    ...init,
    headers: { ...user.cookie, ...Object.fromEntries(new Headers(init.headers)) },
  });
}
