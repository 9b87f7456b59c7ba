import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { makeSavedImage } from "../support/saved-image";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));
const { image, prediction } = await makeSavedImage(api, 'a "shared" <b>barn</b> & </title><script>alert(1)</script>');

type Shared = { share_url: string; share_token: string };
const share = async (id = image.id) =>
  (await (await api.ask(`/api/media/${id}/share`, { method: "POST" })).json()) as Shared;
const unshare = (id = image.id) => api.ask(`/api/media/${id}/share`, { method: "DELETE" });
const fetchAsVisitor = (path: string, init?: RequestInit) => fetch(new URL(path, stack.appUrl), init);

/** Returns the status, the body and the cache header: all parts by which a visitor could distinguish two responses. */
async function readAnswer(path: string) {
  const answer = await fetchAsVisitor(path);
  const body = (await answer.text()).replace(/"request_id":"[^"]+"/, "");
  return { status: answer.status, body, cache: answer.headers.get("cache-control") };
}

test("a shared image has the same link while it stays shared", async () => {
  const first = await share();
  expect(first.share_token).toMatch(/^[\w-]{22}$/);
  expect(first.share_url).toBe(`${stack.appUrl}/s/${first.share_token}`);
  const all = await Promise.all(Array.from({ length: 5 }, () => share()));
  expect(new Set(all.map(({ share_token }) => share_token))).toEqual(new Set([first.share_token]));
});

test("the share link serves the bytes to every visitor, and caches must revalidate them", async () => {
  const { share_token } = await share();
  const path = `/api/media/${image.id}?token=${share_token}`;
  const answer = await fetchAsVisitor(path);
  expect(answer.status).toBe(200);
  expect((await answer.arrayBuffer()).byteLength).toBe(image.bytes);
  expect(answer.headers.get("cache-control")).toBe("public, no-cache");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; sandbox");
  const again = await fetchAsVisitor(path, { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
  expect((await fetchAsVisitor(`${path}&size=thumb`)).headers.get("content-type")).toBe("image/webp");
  const download = await fetchAsVisitor(`${path}&download`);
  expect(download.headers.get("content-disposition")).toBe(`attachment; filename="${image.id}.png"`);
});

test("the share page shows the image and its prompt, but not its owner", async () => {
  const { share_token, share_url } = await share();
  const answer = await fetchAsVisitor(share_url);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("x-robots-tag")).toBe("noindex");
  expect(html).toContain('<meta name="robots" content="noindex, nofollow"/>');
  expect(html).toContain("<bdi>a &quot;shared&quot; &lt;b&gt;barn");
  expect(html).not.toContain("<script>alert(1)");
  expect(html).toContain("stability-ai/sdxl");
  const [row] = await sql<{ storage_path: string; sha256: string; source_url: string }>(
    stack,
    `select storage_path, sha256, source_url from sdxl_images where id = '${image.id}'`,
  );
  for (const secret of [user.id, user.email, prediction.id, ...Object.values(row ?? {})]) {
    expect(html).not.toContain(secret);
  }
  const ids = html.match(/\/api\/media\/[0-9a-f-]{36}/g);
  expect(new Set(ids)).toEqual(new Set([image.url]));
  expect(html).toContain(`token=${share_token}`);
});

test("the share page's link preview has a JPEG of the stated size", async () => {
  const { share_url } = await share();
  const html = await (await fetchAsVisitor(share_url)).text();
  const meta = (name: string) =>
    new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(meta("twitter:card")).toBe("summary_large_image");
  expect(meta("og:title")).toContain("barn");
  expect(meta("og:image")).toMatch(new RegExp(`^${stack.appUrl}/api/media/`));
  // The first request creates the preview. The second one gets it from storage.
  for (let time = 0; time < 2; time += 1) {
    const item = await fetchAsVisitor(meta("og:image"));
    expect(item.headers.get("content-type")).toBe("image/jpeg");
    const { format, width, height } = await sharp(await item.arrayBuffer()).metadata();
    expect([format, String(width), String(height)]).toEqual(["jpeg", meta("og:image:width"), meta("og:image:height")]);
  }
});

test("the old link stops working when the image is private again, and sharing again gives a new link", async () => {
  const old = await share();
  const paths = [
    `/s/${old.share_token}`,
    ...["", "&size=thumb", "&size=preview", "&download"].map((more) => `${image.url}?token=${old.share_token}${more}`),
  ];
  const { etag = "" } = Object.fromEntries((await fetchAsVisitor(paths[1] ?? "")).headers);
  expect((await unshare()).status).toBe(204);
  for (const path of paths) expect([path, (await fetchAsVisitor(path)).status]).toEqual([path, 404]);
  expect((await fetchAsVisitor(paths[1] ?? "", { headers: { "if-none-match": etag } })).status).toBe(404);
  const renewed = await share();
  expect(renewed.share_token).not.toBe(old.share_token);
  for (const path of paths) expect([path, (await fetchAsVisitor(path)).status]).toEqual([path, 404]);
  expect((await fetchAsVisitor(`/s/${renewed.share_token}`)).status).toBe(200);
  expect((await unshare()).status).toBe(204);
  expect((await unshare()).status).toBe(204);
});

test("a wrong token gets the same answer as an image that does not exist", async () => {
  const { share_token } = await share();
  const second = (await makeSavedImage(api, "a second barn")).image;
  const foreign = (await share(second.id)).share_token;
  const unknown = await readAnswer(`/api/media/${randomUUID()}?token=${share_token}`);
  expect(unknown.status).toBe(404);
  const guesses = [
    foreign,
    `${share_token.slice(0, -1)}${share_token.endsWith("A") ? "B" : "A"}`,
    share_token.toLowerCase() === share_token ? share_token.toUpperCase() : share_token.toLowerCase(),
    "",
    "null",
    "%00",
    "x".repeat(10_000),
  ];
  for (const token of guesses) expect(await readAnswer(`${image.url}?token=${token}`)).toEqual(unknown);
  expect(await readAnswer(image.url)).toEqual(unknown);

  const page = async (token: string) => (await fetchAsVisitor(`/s/${token}`)).status;
  for (const token of [...guesses.slice(1, 3), "x", "null", "%2e%2e%2faccount"]) expect(await page(token)).toBe(404);
});

test("other users cannot share an image, make it private, or find out that it exists", async () => {
  const { share_token } = await share();
  const unknown = randomUUID();
  for (const method of ["POST", "DELETE"]) {
    const answers = await Promise.all(
      [image.id, unknown].map(async (id) => {
        const answer = await other.ask(`/api/media/${id}/share`, { method });
        return { ...((await answer.json()) as object), request_id: null };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 404 });
    expect(answers[0]).toEqual(answers[1]);
    const anonymous = await fetchAsVisitor(`/api/media/${image.id}/share`, {
      method,
      headers: { origin: stack.appUrl },
    });
    expect(anonymous.status).toBe(401);
    const crossSite = { ...user.cookie, origin: "https://evil.example" };
    const forged = await fetchAsVisitor(`/api/media/${image.id}/share`, { method, headers: crossSite });
    expect(forged.status).toBe(403);
  }
  expect((await fetchAsVisitor(`/s/${share_token}`)).status).toBe(200);
});
