import { expect, test } from "vitest";
import { MEDIA_FILES } from "../support/media-files";
import { sql } from "../support/sql";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { createCarriers } from "./support/hostile-bytes";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
const stranger = await createUser(stack);
const clip = new Uint8Array((await MEDIA_FILES.MP4?.make()) ?? []);

const start = (body: unknown, as = user): AppRequest => ({
  path: "/api/uploads/signed",
  method: "POST",
  as,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const confirm = (id: string, as = user): AppRequest => ({ path: `/api/uploads/signed/${id}`, method: "POST", as });
const cancel = (id: string, as = user): AppRequest => ({ path: `/api/uploads/signed/${id}`, method: "DELETE", as });
const put = (url: string, body: BodyInit, type = "video/mp4") =>
  fetch(url, { method: "PUT", headers: { "content-type": type }, body });

async function open(bytes: number, as = user) {
  const answer = await sendRequest(start({ name: "clip.mp4", bytes }, as));
  expect(answer.status).toBe(201);
  const { id, upload_url: url } = parseBody(answer);
  return { id: String(id), url: String(url) };
}
/** Returns the sizes of the files in storage at the paths of signed uploads of this user. */
const incoming = () =>
  sql<{ size: number }>(
    stack,
    `select (metadata->>'size')::int as size from storage.objects where name like '${user.id}/incoming/%'`,
  );

const sizes = [0, -1, 1.5, "5", null, 2 ** 53, 50_000_001];
attack({
  "a size that is no size, or too large": [sizes.map((bytes) => start({ name: "a", bytes })), { status: [413, 422] }],
  "a path or an owner of one's own": [
    ["storage_path", "path", "user_id", "id", "upsert"].map((name) => start({ name: "a", bytes: 1, [name]: user.id })),
    { status: 422, type: "invalid_input" },
  ],
});

test("another user can neither confirm nor cancel an upload", async () => {
  const { id, url } = await open(clip.length);
  expect((await put(url, clip)).status).toBe(200);
  for (const request of [confirm(id, stranger), cancel(id, stranger)]) {
    expect(await sendRequest(request)).toMatchObject({ status: 404 });
  }
  expect((await sendRequest(confirm(id))).status).toBe(201);
});

test("a path holds nothing that a stranger could guess, and a signed URL is good for its path alone", async () => {
  const [one, other] = [await open(5), await open(5)];
  const paths = [one, other].map(({ url }) => new URL(url).pathname.split("/").at(-1) ?? "");
  expect(paths.join()).not.toMatch(new RegExp(`${one.id}|${other.id}`));
  const [first = "", second = ""] = paths;
  expect((await put(one.url.replace(first, second), "video")).ok).toBe(false);
  expect((await put(one.url.replace(first, "../../uploads/0.mp4"), "video")).ok).toBe(false);
  for (const { id } of [one, other]) await sendRequest(cancel(id));
});

test.each([
  ["more bytes than announced", 5, "more than five"],
  ["fewer bytes than announced", 50, "too few"],
])("%s are refused, removed, and the URL takes nothing more", async (_, bytes, content) => {
  const { id, url } = await open(bytes);
  await put(url, content);
  expect(await sendRequest(confirm(id))).toMatchObject({ status: 400 });
  expect((await put(url, "again")).ok).toBe(false);
  expect((await incoming()).every(({ size }) => size === 1)).toBe(true);
  expect((await sendRequest(confirm(id))).status).toBe(404);
});

test("a signed URL takes nothing more once its upload is confirmed or canceled", async () => {
  const confirmed = await open(clip.length);
  await put(confirmed.url, clip);
  expect((await sendRequest(confirm(confirmed.id))).status).toBe(201);
  const canceled = await open(5);
  expect((await sendRequest(cancel(canceled.id))).status).toBe(204);
  for (const { url } of [confirmed, canceled]) expect((await put(url, "evil!")).ok).toBe(false);
  expect((await sendRequest(confirm(canceled.id))).status).toBe(404);
});

test("the Content-Type of the sender counts for nothing, and what is behind an image is gone", async () => {
  const carriers = Object.values(await createCarriers());
  for (const { bytes } of carriers) {
    const { id, url } = await open(bytes.length);
    await put(url, new Uint8Array(bytes), "text/html");
    const saved = await sendRequest(confirm(id));
    expect(saved.status).toBe(201);
    const { headers, text } = await sendRequest({ path: String(parseBody(saved).url), as: user });
    expect(headers.get("content-type")).toMatch(/^image\//);
    expect(text).not.toContain("<script");
  }
});

test("24 confirmations at once make one upload, whose bytes count once", async () => {
  const mine = await createUser(stack);
  const { id, url } = await open(clip.length, mine);
  await put(url, clip);
  const answers = await Promise.all(Array.from({ length: 24 }, () => sendRequest(confirm(id, mine))));
  expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(201));
  expect(new Set(answers.map((answer) => parseBody(answer).id)).size).toBe(1);
  expect(await sql(stack, `select stored_bytes('${mine.id}')::int as bytes`)).toEqual([{ bytes: clip.length }]);
});

test("a user has at most ten open uploads, also when they are started at once", async () => {
  const mine = await createUser(stack);
  const answers = await Promise.all(
    Array.from({ length: 24 }, () => sendRequest(start({ name: "a", bytes: 1 }, mine))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
});
