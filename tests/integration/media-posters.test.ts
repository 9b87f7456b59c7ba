import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { noise } from "../support/images";
import { listObjects, removeDeleted } from "../support/saved-image";
import { saveMediaFile } from "../support/saved-file";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));
const frame = await noise(1600, 900).jpeg({ quality: 40 }).toBuffer();

const send = (url: string, body: Uint8Array, who = api) =>
  who.ask(`${url}/poster`, { method: "PUT", headers: { "content-type": "image/jpeg" }, body: new Uint8Array(body) });

test("the first frame that the owner's browser sends becomes the poster of a video, once", async () => {
  const { prediction, media } = await saveMediaFile(stack, api, "WebM", "a film with a poster");
  expect([media.poster_url, media.thumb_url]).toEqual([null, null]);
  const answer = await send(media.url, frame);
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { id: media.id, poster_url: `${media.url}?size=poster`, thumb_url: `${media.url}?size=thumb` },
  ]);
  const sizes = { poster: ["jpeg", 1200], preview: ["jpeg", 1200], thumb: ["webp", 480] };
  for (const [size, expected] of Object.entries(sizes)) {
    const { format, width } = await sharp(await (await api.ask(`${media.url}?size=${size}`)).bytes()).metadata();
    expect([format, width]).toEqual(expected);
  }
  // The revision of the prediction increases, so that open pages load the new poster.
  const changed = await api.read(prediction.id);
  expect(changed.revision).toBeGreaterThan(prediction.revision);

  const poster = await (await api.ask(`${media.url}?size=poster`)).bytes();
  expect((await send(media.url, await noise(64, 64).png().toBuffer())).status).toBe(200);
  expect(await (await api.ask(`${media.url}?size=poster`)).bytes()).toEqual(poster);
});

test("a shared video shows its poster to anyone with the link", async () => {
  const { media } = await saveMediaFile(stack, api, "MP4", "a shared film");
  await send(media.url, frame);
  const { share_token } = (await (await api.ask(`${media.url}/share`, { method: "POST" })).json()) as {
    share_token: string;
  };
  const answer = await fetch(new URL(`${media.url}?token=${share_token}&size=poster`, stack.appUrl));
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  const page = await (await fetch(new URL(`/s/${share_token}`, stack.appUrl))).text();
  expect(page).toMatch(/<meta property="og:image" content="[^"]*size=poster/);
});

test("only the owner gives a poster, only to a video, and only an image", async () => {
  const { media } = await saveMediaFile(stack, api, "MP4", "a film of mine");
  const { media: sound } = await saveMediaFile(stack, api, "MP3", "a sound of mine");
  expect((await send(media.url, frame, other)).status).toBe(404);
  expect((await send(sound.url, frame)).status).toBe(422);
  expect((await send(media.url, Buffer.from("<!doctype html><script>"))).status).toBe(415);
  expect((await send(media.url, frame.subarray(0, 2000))).status).toBe(400);
  expect((await send(media.url, Buffer.alloc(2_000_001))).status).toBe(413);
  expect((await api.ask(`${media.url}?size=poster`)).status).toBe(404);
});

test("a poster is deleted with its video", async () => {
  const { prediction, media } = await saveMediaFile(stack, api, "WebM", "a film to delete");
  await send(media.url, frame);
  expect(await listObjects(stack, user.id, prediction.id)).toEqual(["0.poster.jpg", "0.thumb.webp", "0.webm"]);
  expect((await api.ask(media.url, { method: "DELETE" })).status).toBe(204);
  await removeDeleted(stack, prediction.id);
  await expect.poll(() => listObjects(stack, user.id, prediction.id), { timeout: 20_000 }).toEqual([]);
});
