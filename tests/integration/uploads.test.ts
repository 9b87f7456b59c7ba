import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { listAccepted, createApi } from "../support/api";
import { MEDIA_FILES } from "../support/media-files";
import { createPng, listUploadFiles, sendUpload, type Upload, uploadPng } from "../support/uploads";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));

const send = (body: BodyInit, headers: Record<string, string> = {}) => sendUpload(api, body, headers);

test("a clean image is saved unchanged, and only its owner can read it", async () => {
  const bytes = await createPng(1);
  const answer = await send(bytes);
  const saved = (await answer.json()) as Upload;
  expect(saved).toEqual({
    id: expect.any(String),
    url: `/api/uploads/${saved.id}`,
    thumb_url: `/api/uploads/${saved.id}?size=thumb`,
    name: "fox.png",
    kind: "image",
    content_type: "image/png",
    width: 64,
    height: 64,
    duration_ms: null,
    bytes: bytes.length,
    created_at: expect.any(String),
    expires_at: expect.any(String),
  });
  expect(answer.headers.get("location")).toBe(saved.url);
  const own = await api.ask(saved.url);
  expect([own.status, own.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await own.arrayBuffer()).equals(bytes)).toBe(true);
  const small = await api.ask(saved.thumb_url);
  expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/webp"]);
  for (const answer of [await other.ask(saved.url), await fetch(new URL(saved.url, stack.appUrl))]) {
    expect(answer.status).toBe(404);
  }
  expect((await api.ask(`/api/media/${saved.id}`)).status).toBe(404);
});

test("uploading the same image twice gives the same upload", async () => {
  const [first, second] = [await uploadPng(api, 2), await uploadPng(api, 2)];
  expect(second.id).toBe(first.id);
});

test("the same image sent many times at once is one upload and one file", async () => {
  const before = await listUploadFiles(stack, user);
  const bytes = await createPng(14, 1000);
  const answers = await Promise.all(Array.from({ length: 24 }, () => send(bytes)));
  expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(201));
  const ids = new Set((await Promise.all(answers.map((answer) => answer.json()))).map(({ id }) => id));
  expect(ids.size).toBe(1);
  expect((await listUploadFiles(stack, user)).filter((name) => !before.includes(name))).toEqual([
    `${[...ids][0]}.png`,
    `${[...ids][0]}.thumb.webp`,
  ]);
});

test("a photo that lies on its side becomes upright, and says nothing of its place", async () => {
  const place = { IFD0: { ImageDescription: "Invalidenstra" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } };
  const photo = sharp({ create: { width: 400, height: 300, channels: 3, background: "#c84" } });
  const sideways = await photo.withMetadata({ orientation: 6 }).withExifMerge(place).jpeg().toBuffer();
  const saved = (await (await send(new Uint8Array(sideways), { "content-type": "image/jpeg" })).json()) as Upload;
  expect(saved).toMatchObject({ content_type: "image/jpeg", width: 300, height: 400 });
  const bytes = Buffer.from(await (await api.ask(saved.url)).arrayBuffer());
  expect(bytes.includes("Invalidenstra")).toBe(false);
  const { width, height, exif } = await sharp(bytes).metadata();
  expect([width, height, exif]).toEqual([300, 400, undefined]);
});

test("a file of every kind is an upload, with what its bytes tell", async () => {
  for (const [name, { make, facts }] of Object.entries(MEDIA_FILES).filter(([key]) => key !== "AVIF")) {
    const path = `/api/uploads?name=${encodeURIComponent(`a.${facts.extension}`)}`;
    const answer = await api.ask(path, { method: "POST", body: new Uint8Array(await make()) });
    expect([name, answer.status]).toEqual([name, 201]);
    const { content_type, width = null, duration_ms = null } = facts;
    expect(await answer.json()).toMatchObject({ content_type, width, duration_ms });
  }
});

test("an incomplete file, an image that cannot be used and a file that is too large are refused", async () => {
  const png = await createPng(3);
  const refusals = await Promise.all([
    send(new Uint8Array([...Buffer.from("BM"), 70, ...Array(67).fill(0)])),
    send(png.slice(0, png.length - 20)),
    send(""),
    send(new Uint8Array(10_000_001)),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([415, 400, 400, 413]);
  expect(await refusals[0]?.json()).toMatchObject({ detail: expect.stringContaining("Save the image as JPEG or PNG") });
  expect(await refusals[3]?.json()).toMatchObject({
    detail: "The request body is larger than 10 MB. Send larger files with POST /api/uploads/signed.",
  });
  expect((await sendUpload({ ask: asPage }, png, { origin: "https://evil.example" })).status).toBe(403);
  expect((await fetch(new URL("/api/uploads", stack.appUrl), { method: "POST", body: png })).status).toBe(403);
});

test("a model takes an upload by its id or path, but not another user's", async () => {
  const { id, url } = await uploadPng(api, 4);
  const upscale = (image: string, as = api) =>
    as.submit({ model: "nightmareai/real-esrgan", input: { image, scale: 2 } });
  const answer = await upscale(id);
  expect(answer.status).toBe(201);
  const created = (await answer.json()) as { id: string; input: { image: string } };
  expect(created.input.image).toBe(url);
  const saved = await api.saved(created.id);
  expect(saved.images).toMatchObject([{ width: 128, height: 128 }]);
  const byPath = await upscale(url);
  expect(byPath.status).toBe(201);
  await api.saved(((await byPath.json()) as { id: string }).id);
  for (const image of [url, id]) {
    expect(await (await upscale(image, other)).json()).toMatchObject({ invalid_fields: [{ field: "input.image" }] });
  }
  expect((await upscale(`/api/uploads/${randomUUID()}`)).status).toBe(422);
  expect(await listAccepted(stack, "nothing of this")).toEqual([]);
});

/** Sends a request with the cookies of the user, as a page of the app does. */
function asPage(path: string, init: RequestInit = {}) {
  return fetch(new URL(path, stack.appUrl), {
    ...init,
    headers: { ...user.cookie, ...Object.fromEntries(new Headers(init.headers)) },
  });
}
