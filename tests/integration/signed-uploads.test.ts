import { expect, inject, onTestFinished, test } from "vitest";
import sharp from "sharp";
import { cleanMp4 } from "@/lib/media/metadata/clean-mp4";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { noise } from "../support/images";
import { MEDIA_FILES } from "../support/media-files";
import { sql } from "../support/sql";
import { startSignedUpload, type Upload } from "../support/uploads";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const clip = new Uint8Array((await MEDIA_FILES.MP4?.make()) ?? []);

type Open = { id: string; upload_url: string };

const put = (url: string, body: BodyInit) =>
  fetch(url, { method: "PUT", headers: { "content-type": "video/mp4" }, body });
const confirm = (id: string, as = api) => as.ask(`/api/uploads/signed/${id}`, { method: "POST" });

async function open(bytes: number, as = api): Promise<Open> {
  const answer = await startSignedUpload(as, bytes);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Open;
}
const stored = async (id = user.id) => {
  const [row] = await sql<{ bytes: number }>(stack, `select stored_bytes('${id}')::int as bytes`);
  return row?.bytes;
};

test("a file that was sent to storage becomes an upload, and its bytes count once from the start", async () => {
  const mine = await createUser(stack);
  const own = createApi(stack, mine);
  const { id, upload_url } = await open(clip.length, own);
  expect(await stored(mine.id)).toBe(clip.length);
  expect((await confirm(id, own)).status).toBe(422);
  expect((await put(upload_url, clip)).status).toBe(200);
  const answer = await confirm(id, own);
  const upload = (await answer.json()) as Upload;
  expect([answer.status, answer.headers.get("location")]).toEqual([201, upload.url]);
  expect(upload).toMatchObject({ name: "clip.mp4", kind: "video", content_type: "video/mp4", bytes: clip.length });
  expect(await stored(mine.id)).toBe(clip.length);
  const file = await own.ask(upload.url);
  const cleaned = await cleanMp4(new Blob([clip]));
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(await cleaned.arrayBuffer()))).toBe(true);
  // A second confirmation returns the same upload, and the same file sent again makes no second upload.
  expect(await (await confirm(id, own)).json()).toEqual(upload);
  const again = await open(clip.length, own);
  await put(again.upload_url, clip);
  expect(await (await confirm(again.id, own)).json()).toMatchObject({ id: upload.id });
  expect(await stored(mine.id)).toBe(clip.length);
});

test("a sideways photo of 12 MB becomes upright and small enough", async () => {
  const pixels = await noise(2400, 1800).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
  const photo = await sharp(pixels)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
  expect(photo.length).toBeGreaterThan(10_000_000);
  const { id, upload_url } = await open(photo.length);
  await put(upload_url, new Uint8Array(photo));
  const upload = (await (await confirm(id)).json()) as Upload;
  expect(upload).toMatchObject({ content_type: "image/jpeg", width: 1800, height: 2400 });
  expect(upload.bytes).toBeLessThanOrEqual(10_000_000);
});

test("what is not confirmed within an hour is deleted, and its bytes are free again", async () => {
  const mine = await createUser(stack);
  const { id, upload_url } = await open(clip.length, createApi(stack, mine));
  await put(upload_url, clip);
  await sql(stack, `update pending_uploads set created_at = now() - interval '61 minutes' where id = '${id}'`);
  const sizes = () =>
    sql(stack, `select (metadata->>'size')::int as size from storage.objects where name like '${mine.id}/%'`);
  await expect.poll(sizes, { timeout: 20_000 }).toEqual([{ size: 1 }]);
  await expect.poll(() => stored(mine.id)).toBe(0);
  expect((await confirm(id, createApi(stack, mine))).status).toBe(404);
  // After 130 minutes, the signed URL has expired, and the placeholder of one byte is deleted too.
  await sql(stack, `update pending_uploads set created_at = now() - interval '131 minutes' where id = '${id}'`);
  await expect.poll(sizes, { timeout: 20_000 }).toEqual([]);
});

test("a canceled upload is gone, and its bytes are free at once", async () => {
  const mine = await createUser(stack);
  const own = createApi(stack, mine);
  const { id, upload_url } = await open(1000, own);
  const cancel = () => own.ask(`/api/uploads/signed/${id}`, { method: "DELETE" });
  expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 204]);
  expect(await stored(mine.id)).toBe(0);
  expect((await put(upload_url, "x".repeat(1000))).ok).toBe(false);
  expect((await confirm(id, own)).status).toBe(404);
});

test("a deleted account leaves no file behind, not even one that was still on its way", async () => {
  const leaving = await createUser(stack);
  const { upload_url } = await open(clip.length, createApi(stack, leaving));
  await put(upload_url, clip);
  await sql(stack, `delete from auth.users where id = '${leaving.id}'`);
  const left = () => sql(stack, `select name from storage.objects where name like '${leaving.id}/%'`);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  const [removal] = await sql<{ is_late: boolean }>(
    stack,
    `select greatest(due_at, again_at) > now() + interval '2 hours' as is_late
     from storage_removals where prefix like '${leaving.id}/incoming/%'`,
  );
  // The signed URL is still valid for two hours. So the file at its path is removed a second time after these two hours.
  expect(removal).toEqual({ is_late: true });
});

test("limits are checked before anything is sent: the size, the room, and the number of uploads", async () => {
  expect(await (await startSignedUpload(api, 50_000_001)).json()).toMatchObject({
    status: 413,
    detail: expect.stringContaining("50 MB"),
  });
  const mine = await createUser(stack);
  const app = await startAnotherApp(stack, { STORAGE_GB_PER_USER: "0.00001" });
  onTestFinished(() => app.stop());
  const own = createApi(app, mine);
  expect((await startSignedUpload(own, 6000)).status).toBe(201);
  expect(await (await startSignedUpload(own, 6000)).json()).toMatchObject({ status: 429, type: "storage_limit" });
});
