import { createHash, randomBytes } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createApi } from "../../support/api";
import { makeKey } from "../../support/keys";
import { createUser } from "../../support/users";
import { formOf, sendForm } from "../support/file-form";
import { createClient } from "../support/official-client";

const stack = inject("stack");
const user = await createUser(stack);
const { key } = await makeKey(stack, user, { scopes: ["predict", "read", "manage"] });
const replicate = createClient({ accessToken: key });

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const notFound = { response: { status: 404 } };

test("a file of every kind is created, listed, read and deleted with the official client", async () => {
  const { key: own } = await makeKey(stack, await createUser(stack), { scopes: ["predict", "read", "manage"] });
  const owner = createClient({ accessToken: own });
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
  const files = await Promise.all(forms.map(async (form) => (await sendForm(form, user)).json()));
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

test("a form without a file, a malformed one, and invalid metadata are refused", async () => {
  const malformed = { "content-type": "multipart/form-data; boundary=fox" };
  const part = '--fox\r\ncontent-disposition: form-data; name="content"; filename="a"\r\n\r\n';
  const empty = new FormData();
  empty.append("metadata", "{}");
  const refusals = await Promise.all([
    sendForm(empty, user),
    sendForm("{}", user, { "content-type": "application/json" }),
    sendForm(`${part}half a fi`, user, malformed),
    sendForm(formOf(new Blob(["x"]), { metadata: "[1]" }), user),
    sendForm(formOf(new Blob([])), user),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([422, 415, 400, 422, 400]);
  expect(await refusals[0]?.json()).toMatchObject({ detail: "- content: content is required\n" });
});
