import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { makeExport, readPart } from "../support/exports";
import { fillGallery } from "../support/seed";
import { makeSavedImage } from "../support/saved-image";
import { sql } from "../support/sql";
import { unzip } from "../support/unzip";
import { createPng, sendUpload, uploadPng } from "../support/uploads";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");

/** Creates a user with an empty account. */
async function createAccount() {
  const user = await createUser(stack);
  return { user, api: createApi(stack, user) };
}

const head = async ({ ask }: ReturnType<typeof createApi>, url: string) => {
  const { status, headers } = await ask(url, { method: "HEAD" });
  return [status, Number(headers.get("content-length")), headers.get("etag") ?? ""] as const;
};

test("an export has all files unchanged, and all predictions with input, output, price and times", async () => {
  const { user, api } = await createAccount();
  const { prediction, image } = await makeSavedImage(api, "a quiet harbor, été", 2);
  const failed = await api.ended((await api.create({ prompt: "a failure [fail]" })).id);
  const bytes = await createPng(77);
  const upload = (await (await sendUpload(api, bytes)).json()) as { id: string };
  await api.ask(`/api/media/${image.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: '{"alt":"boats"}',
  });
  const made = await makeExport(api);
  await makeSavedImage(api, "made after the export");

  const { files, list, account, readme } = await readPart(api, made.url);
  expect(readme).toContain(made.created_at);
  expect(account.account).toMatchObject({ id: user.id, email: user.email, sign_in: ["email"] });
  expect(account.predictions.map(({ id }: { id: string }) => id)).toEqual([prediction.id, failed.id]);
  expect(account.predictions[0]).toMatchObject({
    model: "stability-ai/sdxl",
    input: { prompt: "a quiet harbor, été" },
    status: "succeeded",
    cost_usd: prediction.cost_usd,
    completed_at: expect.any(String),
    files: [
      { id: image.id, position: 0, alt: "boats", favorite: false },
      { position: 1, alt: null },
    ],
  });
  expect(account.predictions[1]).toMatchObject({ status: "failed", error: failed.error, files: [] });

  const names = files.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(["README.txt", "files.json", "account.json"]);
  const day = image && prediction.created_at.slice(0, 10);
  const path = `media/${day}/a-quiet-harbor-été-${image.seed}-${image.id.slice(0, 18)}.png`;
  expect(names.slice(3)).toContain(path);
  expect(names.slice(3)).toEqual([
    expect.stringMatching(`^media/${day}/a-quiet-harbor-été-`),
    expect.stringMatching(`^media/${day}/a-quiet-harbor-été-`),
    `uploads/${day}/fox-${upload.id.slice(0, 18)}.png`,
  ]);
  const stored = await (await api.ask(image.url)).bytes();
  expect(files.find(({ name }) => name === path)?.bytes.equals(stored)).toBe(true);
  expect(list.files).toContainEqual(expect.objectContaining({ path, id: image.id, prediction_id: prediction.id }));
  const sums = files.slice(3).map((file) => createHash("sha256").update(file.bytes).digest("hex"));
  expect(list.files.map(({ sha256 }: { sha256: string }) => sha256)).toEqual(sums);
  expect(list).toMatchObject({ files: expect.objectContaining({ length: 3 }), missing_in_storage: [] });
});

test("an export of an empty account has one part with its lists", async () => {
  const { api } = await createAccount();
  const made = await makeExport(api);
  expect(made.parts).toEqual([{ url: made.url, files: 0, bytes: 0 }]);
  const { files, account } = await readPart(api, made.url);
  expect(files.map(({ name }) => name)).toEqual(["README.txt", "files.json", "account.json"]);
  expect(account.predictions).toEqual([]);
});

test("a download that breaks off goes on by ranges, and has the same bytes each time", async () => {
  const { user, api } = await createAccount();
  await fillGallery(stack, user, 8);
  const { url } = await makeExport(api);
  const [status, length, etag] = await head(api, url);
  expect([status, etag]).toEqual([200, expect.stringMatching(/^"\w{32}"$/)]);
  const first = await api.ask(url);
  const facts = ["accept-ranges", "content-type", "content-disposition"].map((name) => first.headers.get(name));
  expect(facts).toEqual([
    "bytes",
    "application/zip",
    expect.stringMatching(/^attachment; filename="darkroom-[\d-]{10}\.zip"/),
  ]);
  const whole = Buffer.from(await first.arrayBuffer());
  expect(whole.length).toBe(length);
  expect((await unzip(whole)).length).toBe(3 + 8);

  const received: Uint8Array[] = [];
  let size = 0;
  // Each attempt is broken off after a different number of bytes, and the next attempt continues there.
  for (let attempt = 1; size < length; attempt += 1) {
    const range: Record<string, string> = size > 0 ? { range: `bytes=${size}-`, "if-range": etag } : {};
    const response = await api.ask(url, { headers: range });
    expect([response.status, response.headers.get("content-range")]).toEqual(
      size > 0 ? [206, `bytes ${size}-${length - 1}/${length}`] : [200, null],
    );
    const stopAt = size + attempt * 7_919;
    for await (const chunk of response.body ?? []) {
      received.push(chunk.subarray(0, stopAt - size));
      size += received.at(-1)?.length ?? 0;
      if (size >= stopAt) break;
    }
  }
  expect(received.length).toBeGreaterThan(3);
  expect(Buffer.concat(received).equals(whole)).toBe(true);

  const behind = await api.ask(url, { headers: { range: `bytes=${length}-` } });
  expect([behind.status, behind.headers.get("content-range")]).toEqual([416, `bytes */${length}`]);
  const last = await api.ask(url, { headers: { range: "bytes=-22" } });
  expect([last.status, Buffer.from(await last.arrayBuffer())]).toEqual([206, whole.subarray(-22)]);
  expect((await api.ask(url, { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("after a deletion, the download starts again and the rest is complete", async () => {
  const { user, api } = await createAccount();
  await fillGallery(stack, user, 3);
  const { url } = await makeExport(api);
  const [, , etag] = await head(api, url);
  const [gone] = (await readPart(api, url)).list.files;
  expect((await api.ask(`/api/media/${gone.id}`, { method: "DELETE" })).status).toBe(204);
  // The app caches the plan of an archive for five seconds, so the ETag changes only after this time.
  await expect.poll(async () => (await head(api, url))[2]).not.toBe(etag);
  const resumed = await api.ask(url, { headers: { range: "bytes=100-", "if-range": etag } });
  expect([resumed.status, (await unzip(await resumed.bytes())).length]).toEqual([200, 3 + 2]);
});

test("files that storage does not have are listed and left out", async () => {
  const { user, api } = await createAccount();
  await fillGallery(stack, user, 4);
  const paths = await sql<{ storage_path: string }>(
    stack,
    `select storage_path from sdxl_images where user_id = '${user.id}' order by created_at`,
  );
  const [removed = "", lost = "", ...others] = paths.map(({ storage_path }) => storage_path);
  const { url } = await makeExport(api);
  const [, , complete] = await head(api, url);
  await connectAsService(stack).storage.from("images").remove([removed]);
  await expect.poll(async () => (await head(api, url))[2]).not.toBe(complete);
  const listed = await readPart(api, url);
  expect(listed.list.missing_in_storage).toHaveLength(1);
  expect(listed.files).toHaveLength(3 + 3);

  // This deletes only the bytes. Storage still lists the file, so the first download breaks off when it reads the file.
  rmSync(join(stack.dir, "supabase/storage/images", lost));
  await expect((await api.ask(url)).bytes()).rejects.toThrow();
  const { list, files } = await readPart(api, url);
  expect(list.missing_in_storage.map(({ path }: { path: string }) => path)).toHaveLength(2);
  expect(files).toHaveLength(3 + others.length);
});

test("a large account is divided into parts, whose files stay the same after deletions", async () => {
  const { user, api } = await createAccount();
  await fillGallery(stack, user, 5);
  await uploadPng(api, 12);
  const [image] = await sql<{ bytes: number }>(
    stack,
    `select bytes::int from sdxl_images where user_id = '${user.id}'`,
  );
  const parameters = { p_user: user.id, p_part_bytes: (image?.bytes ?? 0) * 2, p_count: 5 };
  const { data } = await connectAsService(stack).rpc("create_export", parameters).throwOnError();
  const [made] = data as { id: string; parts: { files: number }[] }[];
  expect(made?.parts.map(({ files }) => files)).toEqual([2, 2, 2]);
  const urls = [1, 2, 3].map((part) => `/api/account/exports/${made?.id}/parts/${part}`);
  const read = () => Promise.all(urls.map((url) => readPart(api, url)));
  const before = await read();
  expect(before.map(({ account }) => account?.predictions.length)).toEqual([1, undefined, undefined]);
  const idsOf = (parts: typeof before) =>
    parts.map(({ list }) => list.files.map(({ id }: { id: string }) => id) as string[]);
  const ids = idsOf(before);
  expect(new Set(ids.flat()).size).toBe(6);
  await api.ask(`/api/media/${ids[1]?.[0]}`, { method: "DELETE" });
  await expect.poll(async () => idsOf(await read())).toEqual([ids[0], [ids[1]?.[1]], ids[2]]);
  expect((await api.ask(`/api/account/exports/${made?.id}/parts/4`)).status).toBe(404);
  const { headers } = await api.ask(urls[1] ?? "", { method: "HEAD" });
  expect(headers.get("content-disposition")).toContain("-part-2-of-3.zip");
});
