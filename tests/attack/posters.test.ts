import { expect, test } from "vitest";
import { sql } from "../support/sql";
import { MEDIA_FILES } from "../support/media-files";
import { noise } from "../support/images";
import { createUser } from "../support/users";
import { attack } from "./support/attack-table";
import { createCarriers, createHostileFiles, createPixelBomb } from "./support/hostile-bytes";
import { createHostileMedia } from "./support/hostile-media";
import { saveFiles } from "./support/run-with-output";
import { parseBody, sendRequest, stack, type AppRequest } from "./support/send-request";

const owner = await createUser(stack);
const stranger = await createUser(stack);
const make = async (name: string) => (await MEDIA_FILES[name]?.make()) ?? Buffer.alloc(0);
const film = { bytes: await make("MP4"), type: "video/mp4" };
const others = [
  { bytes: await make("SVG"), type: "image/svg+xml" },
  { bytes: await make("WAV"), type: "audio/wav" },
  { bytes: await noise(96, 64).png().toBuffer(), type: "image/png" },
];
const { images } = await saveFiles(owner, "a film without a poster", [film, ...others]);
const [path = "", ...otherPaths] = images.map(({ url }) => url);
const token = String(parseBody(await sendRequest({ path: `${path}/share`, method: "POST", as: owner })).share_token);
const frame = await noise(96, 64).jpeg().toBuffer();

const put = (bytes: Uint8Array, more: Partial<AppRequest> = { as: owner }, to = path): AppRequest => ({
  path: `${to}/poster`,
  method: "PUT",
  headers: { "content-type": "image/jpeg" },
  body: new Uint8Array(bytes),
  ...more,
});
const hostile = Object.values(await createHostileFiles());
const drawings = Object.values(await createHostileMedia("https://trap.example")).filter(
  ({ type }) => !/^image\/(png|jpeg|gif)$/.test(type),
);

attack({
  "a visitor with the link of the shared film": [
    [
      put(frame, {}),
      put(frame, { path: `${path}/poster?token=${token}` }),
      put(frame, { path: `${path}/poster?token=${token}`, headers: { origin: stack.appUrl } }),
    ],
    { status: [401, 403] },
  ],
  "another user, with and without the link": [
    [put(frame, { as: stranger }), put(frame, { as: stranger, path: `${path}/poster?token=${token}` })],
    { status: 404, type: "not_found" },
  ],
  "a file that is not an image": [
    [...hostile, ...drawings].map(({ bytes }) => put(bytes)),
    { status: [400, 413, 415] },
  ],
  "an image of 100 megapixels": [put(createPixelBomb(10_000, 10_000, 1)), { status: [413, 415] }],
  "a body of 40 MB": [put(Buffer.alloc(40_000_000, 1)), { status: 413 }],
  "an incomplete image": [
    [0, 1, 8, 100, frame.length - 300].map((end) => put(frame.subarray(0, end))),
    { status: [400, 415] },
  ],
  "the poster of a file that is no video": [
    otherPaths.map((other) => put(frame, { as: owner }, other)),
    { status: 422 },
  ],
});

test("a poster is made from the image, without what is hidden in it, and stays the first", async () => {
  const [carrier] = Object.values(await createCarriers());
  const first = await sendRequest(put(carrier?.bytes ?? Buffer.alloc(0)));
  expect([first.status, first.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  const posterPath = String(parseBody(first).poster_url);
  const poster = await sendRequest({ path: posterPath, as: owner });
  expect(poster.headers.get("content-type")).toBe("image/jpeg");
  expect(poster.headers.get("x-content-type-options")).toBe("nosniff");
  expect(poster.text).not.toContain("<script>");
  const again = await sendRequest(put(frame));
  expect(again.status).toBe(200);
  expect((await sendRequest({ path: posterPath, as: owner })).bytes).toEqual(poster.bytes);
});

test("a poster is seen by nobody else, and by visitors only with the link", async () => {
  for (const query of ["size=poster", "size=thumb", "size=preview"]) {
    expect((await sendRequest({ path: `${path}?${query}`, as: stranger })).status).toBe(404);
    expect((await sendRequest({ path: `${path}?${query}` })).status).toBe(404);
    expect((await sendRequest({ path: `${path}?${query}&token=${token}` })).status).toBe(200);
  }
});

test("a poster leaves nothing when its film is deleted", async () => {
  const [, id] = /\/api\/media\/([0-9a-f-]+)$/.exec(path) ?? [];
  const [row] = await sql<{ name: string }>(stack, `select poster_path as name from sdxl_images where id = '${id}'`);
  expect((await sendRequest({ path, method: "DELETE", as: owner, headers: { origin: stack.appUrl } })).status).toBe(
    204,
  );
  const left = () => sql(stack, `select name from storage.objects where name = '${row?.name}'`);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
});
