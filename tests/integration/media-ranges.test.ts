import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { saveMediaFile } from "../support/saved-file";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const other = createApi(stack, await createUser(stack));
const { media, bytes } = await saveMediaFile(stack, api, "MP4", "a film in parts");
const share = await (await api.ask(`${media.url}/share`, { method: "POST" })).json();
const { share_token: token } = share as { share_token: string };

/** Functions that request the video as a player does: as the owner, or as a visitor with the share link. */
const readers = {
  owner: (headers: Record<string, string>, method = "GET") => api.ask(media.url, { headers, method }),
  "a visitor": (headers: Record<string, string>, method = "GET") =>
    fetch(new URL(`${media.url}?token=${token}`, stack.appUrl), { headers, method }),
};

async function readPart(response: Response) {
  const [range, type] = ["content-range", "content-type"].map((name) => response.headers.get(name));
  return [response.status, range, type, Buffer.from(await response.arrayBuffer())];
}

test.each(Object.entries(readers))("%s reads a file in parts", async (_, read) => {
  const { length } = bytes;
  const whole = await read({});
  expect(whole.headers.get("accept-ranges")).toBe("bytes");
  expect(await readPart(whole)).toEqual([200, null, "video/mp4", bytes]);
  const parts = {
    "bytes=0-": [0, length],
    "bytes=0-1": [0, 2],
    "bytes=1000-1999": [1000, 2000],
    "bytes=-100": [length - 100, length],
  };
  for (const [range, [start = 0, end = 0]] of Object.entries(parts)) {
    const contentRange = `bytes ${start}-${end - 1}/${length}`;
    const part = [206, contentRange, "video/mp4", bytes.subarray(start, end)];
    expect(await readPart(await read({ range }))).toEqual(part);
  }
  const behind = await read({ range: `bytes=${length}-` });
  expect([behind.status, behind.headers.get("content-range")]).toEqual([416, `bytes */${length}`]);
});

test.each(Object.entries(readers))("%s continues only with parts of the same version", async (_, read) => {
  const etag = (await read({ range: "bytes=0-0" })).headers.get("etag") ?? "";
  expect((await read({ range: "bytes=5-9", "if-range": etag })).status).toBe(206);
  expect((await read({ range: "bytes=5-9", "if-range": '"another"' })).status).toBe(200);
  expect((await read({ range: "bytes=5-9", "if-none-match": etag })).status).toBe(304);
});

test.each(Object.entries(readers))("%s learns the type of a file without its bytes", async (_, read) => {
  const expected = [200, null, "video/mp4", Buffer.alloc(0)];
  expect(await readPart(await read({}, "HEAD"))).toEqual(expected);
});

test("nobody else reads a part", async () => {
  const headers = { range: "bytes=0-1" };
  expect((await other.ask(media.url, { headers })).status).toBe(404);
  expect((await fetch(new URL(`${media.url}?token=${"a".repeat(22)}`, stack.appUrl), { headers })).status).toBe(404);
  expect((await fetch(new URL(media.url, stack.appUrl), { headers })).status).toBe(404);
});

test("an SVG can be shown in a page, but opened alone it is a download that runs nothing", async () => {
  const { media: drawing } = await saveMediaFile(stack, api, "SVG", "a drawing with a script");
  const { headers } = await api.ask(drawing.url);
  expect(headers.get("content-type")).toBe("image/svg+xml");
  expect(headers.get("content-disposition")).toBe(`attachment; filename="${drawing.id}.svg"`);
  expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox; style-src 'unsafe-inline'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("a download of another kind has a name in words, and its bytes unchanged", async () => {
  const response = await api.ask(`${media.url}?download`);
  expect(response.headers.get("content-disposition")).toContain(`filename="a-film-in-parts-`);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});
