import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { apiOf } from "../support/api";
import { sql } from "../support/sql";
import { makeKept } from "../support/saved-image";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const other = apiOf(stack, await createUser(stack));
const { image, prediction } = await makeKept(api, 'a "shared" <b>barn</b> & </title><script>alert(1)</script>');

type Shared = { share_url: string; share_token: string };
const share = async (id = image.id) =>
  (await (await api.ask(`/api/media/${id}/share`, { method: "POST" })).json()) as Shared;
const unshare = (id = image.id) => api.ask(`/api/media/${id}/share`, { method: "DELETE" });
const asNobody = (path: string, init?: RequestInit) => fetch(new URL(path, stack.appUrl), init);

/** What a stranger can tell apart. */
async function seen(path: string) {
  const answer = await asNobody(path);
  const body = (await answer.text()).replace(/"request_id":"[^"]+"/, "");
  return { status: answer.status, body, cache: answer.headers.get("cache-control") };
}

test("a shared image has one link for as long as it is shared", async () => {
  const first = await share();
  expect(first.share_token).toMatch(/^[\w-]{22}$/);
  expect(first.share_url).toBe(`${stack.appUrl}/s/${first.share_token}`);
  const all = await Promise.all(Array.from({ length: 5 }, () => share()));
  expect(new Set(all.map(({ share_token }) => share_token))).toEqual(new Set([first.share_token]));
});

test("with the link anybody sees the bytes, and keeps none without asking again", async () => {
  const { share_token } = await share();
  const path = `/api/media/${image.id}?token=${share_token}`;
  const answer = await asNobody(path);
  expect(answer.status).toBe(200);
  expect((await answer.arrayBuffer()).byteLength).toBe(image.bytes);
  expect(answer.headers.get("cache-control")).toBe("public, no-cache");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; sandbox");
  const again = await asNobody(path, { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
  expect((await asNobody(`${path}&size=thumb`)).headers.get("content-type")).toBe("image/webp");
  const download = await asNobody(`${path}&download`);
  expect(download.headers.get("content-disposition")).toBe(`attachment; filename="${image.id}.png"`);
});

test("the page shows the image with its prompt, and says nothing of whose it is", async () => {
  const { share_token, share_url } = await share();
  const answer = await asNobody(share_url);
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

test("messengers find a card with a JPEG of the size that it tells", async () => {
  const { share_url } = await share();
  const html = await (await asNobody(share_url)).text();
  const meta = (name: string) =>
    new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(meta("twitter:card")).toBe("summary_large_image");
  expect(meta("og:title")).toContain("barn");
  expect(meta("og:image")).toMatch(new RegExp(`^${stack.appUrl}/api/media/`));
  // Made when it is first asked for, read from storage the second time.
  for (let time = 0; time < 2; time += 1) {
    const item = await asNobody(meta("og:image"));
    expect(item.headers.get("content-type")).toBe("image/jpeg");
    const { format, width, height } = await sharp(await item.arrayBuffer()).metadata();
    expect([format, String(width), String(height)]).toEqual(["jpeg", meta("og:image:width"), meta("og:image:height")]);
  }
});

test("once it is private again the old link is dead, and a new one is another", async () => {
  const old = await share();
  const paths = [
    `/s/${old.share_token}`,
    ...["", "&size=thumb", "&size=preview", "&download"].map((more) => `${image.url}?token=${old.share_token}${more}`),
  ];
  const { etag = "" } = Object.fromEntries((await asNobody(paths[1] ?? "")).headers);
  expect((await unshare()).status).toBe(204);
  for (const path of paths) expect([path, (await asNobody(path)).status]).toEqual([path, 404]);
  expect((await asNobody(paths[1] ?? "", { headers: { "if-none-match": etag } })).status).toBe(404);
  const renewed = await share();
  expect(renewed.share_token).not.toBe(old.share_token);
  for (const path of paths) expect([path, (await asNobody(path)).status]).toEqual([path, 404]);
  expect((await asNobody(`/s/${renewed.share_token}`)).status).toBe(200);
  expect((await unshare()).status).toBe(204);
  expect((await unshare()).status).toBe(204);
});

test("every wrong token looks like an image that there never was", async () => {
  const { share_token } = await share();
  const second = (await makeKept(api, "a second barn")).image;
  const foreign = (await share(second.id)).share_token;
  const unknown = await seen(`/api/media/${randomUUID()}?token=${share_token}`);
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
  for (const token of guesses) expect(await seen(`${image.url}?token=${token}`)).toEqual(unknown);
  expect(await seen(image.url)).toEqual(unknown);

  const page = async (token: string) => (await asNobody(`/s/${token}`)).status;
  for (const token of [...guesses.slice(1, 3), "x", "null", "%2e%2e%2faccount"]) expect(await page(token)).toBe(404);
});

test("nobody else can share an image, make it private, or see by the answer that it is there", async () => {
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
    const anonymous = await asNobody(`/api/media/${image.id}/share`, { method, headers: { origin: stack.appUrl } });
    expect(anonymous.status).toBe(401);
    const crossSite = { ...user.cookie, origin: "https://evil.example" };
    const forged = await asNobody(`/api/media/${image.id}/share`, { method, headers: crossSite });
    expect(forged.status).toBe(403);
  }
  expect((await asNobody(`/s/${share_token}`)).status).toBe(200);
});
