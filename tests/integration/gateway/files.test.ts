import { createHash, randomBytes } from "node:crypto";
import Replicate from "replicate";
import sharp from "sharp";
import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { createApi } from "../../support/api";
import { sql } from "../../support/sql";
import { sweep } from "../../support/sweep";
import { insertUploads, listUploadFiles } from "../../support/uploads";
import { createUser, type User } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const replicate = createClient(user);
const other = createClient(await createUser(stack));

function createClient({ accessToken }: Pick<User, "accessToken">, { appUrl } = stack) {
  return new Replicate({ auth: accessToken, baseUrl: `${appUrl}/api/v1` });
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const notFound = { response: { status: 404 } };

/** Sends a form as this user, and returns the response, whatever its status. */
function send(body: FormData | string, headers: Record<string, string> = {}, as = user, { appUrl } = stack) {
  return fetch(`${appUrl}/api/v1/files`, { method: "POST", body, headers: { ...as.bearer, ...headers } });
}

function formOf(content: Blob, fields: Record<string, string> = {}, name = "fox.bin") {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append("content", content, name);
  return form;
}

test("a file of every kind is created, listed, read and deleted with the official client", async () => {
  const owner = createClient(await createUser(stack));
  const text = await owner.files.create(new File(["# Fox"], "fox.md", { type: "text/markdown" }), { by: "me", n: [1] });
  const bytes = randomBytes(2_000);
  const buffer = await owner.files.create(bytes);
  const blob = await owner.files.create(new Blob([bytes], { type: "application/x-tar" }));

  expect(text).toEqual({
    id: expect.any(String),
    name: "fox.md",
    content_type: "text/markdown",
    size: 5,
    etag: sha256(Buffer.from("# Fox")),
    checksums: { sha256: sha256(Buffer.from("# Fox")) },
    metadata: { by: "me", n: [1] },
    created_at: expect.any(String),
    expires_at: expect.any(String),
    urls: { get: expect.stringMatching(`^${stack.appUrl}/api/v1/files/${text.id}/download\\?expires=\\d+&signature=`) },
  });
  expect(buffer).toMatchObject({ content_type: "application/octet-stream", size: 2_000, metadata: {} });
  expect(blob).toMatchObject({ content_type: "application/x-tar", checksums: { sha256: sha256(bytes) } });
  expect(blob.id).not.toBe(buffer.id);

  expect(await owner.files.get(text.id)).toEqual({ ...text, urls: expect.anything() });
  const { results } = await owner.files.list();
  expect(results.map(({ id }) => id)).toEqual([blob.id, buffer.id, text.id]);
  expect(await owner.files.delete(buffer.id)).toBe(true);
  await expect(owner.files.get(buffer.id)).rejects.toMatchObject(notFound);
  await expect(owner.files.delete(buffer.id)).rejects.toMatchObject(notFound);
  expect((await fetch(blob.urls.get)).status).toBe(200);
});

test("a photo keeps every byte, with its place and orientation", async () => {
  const place = { IFD0: { ImageDescription: "Invalidenstra" } };
  const photo = sharp({ create: { width: 400, height: 300, channels: 3, background: "#c84" } });
  const bytes = await photo.withMetadata({ orientation: 6 }).withExifMerge(place).jpeg().toBuffer();
  const file = await replicate.files.create(bytes);
  expect(file).toMatchObject({ content_type: "image/jpeg", checksums: { sha256: sha256(bytes) } });
  const saved = await fetch(file.urls.get);
  expect(Buffer.from(await saved.arrayBuffer()).equals(bytes)).toBe(true);
  const small = await createApi(stack, user).ask(`/api/uploads/${file.id}?size=thumb`);
  expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/webp"]);
});

test("a file of 12 MB arrives whole", async () => {
  const bytes = randomBytes(12_000_000);
  const file = await replicate.files.create(new Blob([bytes]));
  expect(file).toMatchObject({ size: bytes.length, checksums: { sha256: sha256(bytes) } });
  const saved = await fetch(file.urls.get);
  expect(sha256(await saved.bytes())).toBe(file.checksums.sha256);
});

test("the Python clients' forms are read: the metadata is a text, or a field for each key, and the name may be one too", async () => {
  const content = new Blob(["a fox"], { type: "text/plain" });
  const forms = [
    formOf(content, { metadata: '{"customer":7}' }),
    formOf(content, { "metadata[customer]": "7", filename: "owl.txt", type: "text/csv" }),
  ];
  const files = await Promise.all(forms.map(async (form) => (await send(form)).json()));
  expect(files).toMatchObject([
    { name: "fox.bin", content_type: "text/plain", metadata: { customer: 7 } },
    { name: "owl.txt", content_type: "text/csv", metadata: { customer: "7" } },
  ]);
});

test("the bytes of a file are safe to open, and can be read in parts", async () => {
  const page = new File(["<script>alert(1)</script>"], "../a fox.html", { type: "text/html" });
  const { urls } = await replicate.files.create(page);
  const response = await fetch(urls.get);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment; filename="afox\.\w+"/),
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "cache-control": "private, no-cache",
    "access-control-allow-origin": "*",
  });
  const part = await fetch(urls.get, { headers: { range: "bytes=8-12" } });
  expect([part.status, await part.text()]).toEqual([206, "alert"]);
  const again = await fetch(urls.get, { headers: { "if-none-match": response.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});

test("only its owner and whoever has its signed URL can read a file", async () => {
  const { id, urls } = await replicate.files.create(Buffer.from("a secret"));
  await expect(other.files.get(id)).rejects.toMatchObject(notFound);
  await expect(other.files.delete(id)).rejects.toMatchObject(notFound);
  expect((await other.files.list()).results).toEqual([]);

  const { origin, pathname, searchParams } = new URL(urls.get);
  const bare = origin + pathname;
  const later = String(Number(searchParams.get("expires")) + 3_600);
  const forged = `${bare}?${new URLSearchParams({ expires: later, signature: searchParams.get("signature") ?? "" })}`;
  const expired = `${bare}?expires=1&signature=${searchParams.get("signature")}`;
  for (const url of [bare, forged, expired]) expect((await fetch(url)).status).toBe(404);
  const withKey = await fetch(bare, { headers: user.bearer });
  expect([withKey.status, await withKey.text()]).toEqual([200, "a secret"]);
  expect((await fetch(bare, { headers: (await createUser(stack)).bearer })).status).toBe(404);
  expect((await fetch(bare, { headers: { authorization: "Bearer r8_x" } })).status).toBe(401);
});

test("the signed URL of a deleted file, and of a blocked user's, is not found", async () => {
  const blocked = await createUser(stack);
  const [gone, kept] = [
    await replicate.files.create(Buffer.from("gone")),
    await createClient(blocked).files.create(Buffer.from("x")),
  ];
  expect(await replicate.files.delete(gone.id)).toBe(true);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${blocked.id}', now())`);
  for (const { urls } of [gone, kept]) expect((await fetch(urls.get)).status).toBe(404);
});

test("a form without a file, a malformed one, and invalid metadata are refused", async () => {
  const malformed = { "content-type": "multipart/form-data; boundary=fox" };
  const part = '--fox\r\ncontent-disposition: form-data; name="content"; filename="a"\r\n\r\n';
  const empty = new FormData();
  empty.append("metadata", "{}");
  const refusals = await Promise.all([
    send(empty),
    send("{}", { "content-type": "application/json" }),
    send(`${part}half a fi`, malformed),
    send(formOf(new Blob(["x"]), { metadata: "[1]" })),
    send(formOf(new Blob([]))),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([422, 415, 400, 422, 400]);
  expect(await refusals[0]?.json()).toMatchObject({ detail: "- content: content is required\n" });
});

test("a file above the operator's limit is refused, with and without a length, and leaves nothing behind", async () => {
  const app = await startAnotherApp(stack, { MAX_FILE_MB: "1" });
  onTestFinished(() => app.stop());
  const leaver = await createUser(stack);
  const large = new Blob([new Uint8Array(3_000_000)]);
  const announced = await send(formOf(large), {}, leaver, app);
  const request = new Request("http://x", { method: "POST", body: formOf(large.slice(0, 1_000_001)) });
  const chunked = await fetch(`${app.appUrl}/api/v1/files`, {
    method: "POST",
    body: request.body,
    headers: { ...leaver.bearer, "content-type": request.headers.get("content-type") ?? "" },
    duplex: "half",
  } as RequestInit);
  for (const response of [announced, chunked]) {
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { detail: "Files must be less than 1MB in size" },
    ]);
  }
  expect((await createClient(leaver).files.list()).results).toEqual([]);
  expect(await listUploadFiles(stack, leaver)).toEqual([]);
});

test("files count toward the storage of their user, and are deleted with the account", async () => {
  const leaver = await createUser(stack);
  const client = createClient(leaver);
  await client.files.create(Buffer.from("12345"));
  const usage = (await (await createApi(stack, leaver).ask("/api/usage")).json()) as { stored_bytes: { used: number } };
  expect(usage.stored_bytes.used).toBe(5);
  await sql(stack, `insert into user_limits (user_id, storage_bytes) values ('${leaver.id}', 8)`);
  await expect(client.files.create(Buffer.from("6789"))).rejects.toMatchObject({ response: { status: 402 } });

  const left = () => sql(stack, `select name from storage.objects where name like '${leaver.id}/%'`);
  expect(await left()).toHaveLength(1);
  await sql(stack, `delete from auth.users where id = '${leaver.id}'`);
  await sweep(stack);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});

test("files of the API do not use up the places for uploads in the browser, and are listed with them", async () => {
  const owner = await createUser(stack);
  await insertUploads(stack, owner, 100);
  const client = createClient(owner);
  const { id } = await client.files.create(Buffer.from("one more"));
  const { results, next } = (await client.files.list()) as { results: { id: string }[]; next?: string };
  expect([results.length, results[0]?.id]).toEqual([100, id]);
  const rest = await (await fetch(next ?? "", { headers: owner.bearer })).json();
  expect(rest).toMatchObject({ next: null, previous: null, results: [{ metadata: {} }] });
});
