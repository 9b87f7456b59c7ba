import { expect, test } from "vitest";
import { adaptStorageRequest } from "../../../../sandbox/supabase/storage-compat";

const url = (path: string) => `http://127.0.0.1:1${path}`;
const echo = async (request: Request) => new Response(await request.text(), { headers: request.headers });

test("a signed URL has the names that the client reads", async () => {
  const sign = new Request(url("/storage/v1/object/sign/images/a.png"), { method: "POST", body: "{}" });
  const answer = async () => Response.json({ signedUrl: "/storage/v1/object/sign/images/a.png?token=t" });
  const relative = "/object/sign/images/a.png?token=t";
  expect(await (await adaptStorageRequest(sign, answer)).json()).toMatchObject({ signedURL: relative, url: relative });
});

test("a failed signing is passed on unchanged", async () => {
  const sign = new Request(url("/storage/v1/object/sign/images/a.png"), { method: "POST", body: "{}" });
  const refused = await adaptStorageRequest(sign, async () => Response.json({ error: "not_found" }, { status: 404 }));
  expect([refused.status, await refused.json()]).toEqual([404, { error: "not_found" }]);
});

test("a form upload reaches @supabase/lite as the file alone", async () => {
  const form = new FormData();
  form.append("cacheControl", "3600");
  form.append("", new Blob(["image"], { type: "image/png" }));
  const upload = new Request(url("/storage/v1/object/images/a.png"), { method: "POST", body: form });
  const answer = await adaptStorageRequest(upload, echo);
  expect([answer.headers.get("content-type"), answer.headers.get("content-length"), await answer.text()]).toEqual([
    "image/png",
    "5",
    "image",
  ]);
});

const names = ["user/c.png", "user/Ab.png", "user/b/0.png", "user/B2.png", "user/d/e/0.png", "users/z.png"];
/** Lists files through `adaptStorageRequest`. The handler returns whole paths, as @supabase/lite does. */
async function list(query: object) {
  const handle = async (request: Request) => {
    const { prefix } = (await request.json()) as { prefix: string };
    return Response.json(names.filter((name) => name.startsWith(prefix)).map((name) => ({ name, id: name })));
  };
  const request = new Request(url("/storage/v1/object/list/images"), { method: "POST", body: JSON.stringify(query) });
  return adaptStorageRequest(request, handle);
}
const listNames = async (query: object) =>
  ((await (await list(query)).json()) as { name: string }[]).map(({ name }) => name);

test("a folder lists what is in it by name in both cases, and its folders without an id", async () => {
  expect(await (await list({ prefix: "user", limit: 2 })).json()).toEqual([
    { name: "Ab.png", id: "user/Ab.png" },
    expect.objectContaining({ name: "b", id: null, metadata: null }),
  ]);
  expect(await listNames({ prefix: "user" })).toEqual(["Ab.png", "b", "B2.png", "c.png", "d"]);
  const sortBy = { column: "name", order: "desc" };
  expect(await listNames({ prefix: "user/", sortBy })).toEqual(["d", "c.png", "B2.png", "b", "Ab.png"]);
  expect(await listNames({ prefix: "user/b/" })).toEqual(["0.png"]);
  expect(await listNames({ prefix: "user", limit: 2, offset: 1 })).toEqual(["b", "B2.png"]);
  expect(await listNames({ prefix: "user", search: "B" })).toEqual(["b", "B2.png"]);
  expect(await listNames({ prefix: "", search: "users" })).toEqual(["users"]);
});

test("by another column, folders come first, by name", async () => {
  const sortBy = { column: "created_at", order: "desc" };
  expect(await listNames({ prefix: "user", sortBy })).toEqual(["d", "b", "c.png", "Ab.png", "B2.png"]);
});

test.each([{}, { prefix: "", limit: 0 }, { prefix: "", offset: -1 }, { prefix: "", sortBy: { column: "id" } }])(
  "the list %j is refused",
  async (query) => {
    expect((await list(query)).status).toBe(400);
  },
);

test("a part of a file has the status of a part, and a known file that of an unchanged one", async () => {
  const ask = (headers: Record<string, string>, answer: Record<string, string>) =>
    adaptStorageRequest(
      new Request(url("/storage/v1/object/images/a.mp4"), { headers }),
      async () => new Response("part", { headers: answer }),
    );
  const part = await ask({ range: "bytes=0-3" }, { etag: '"1"', "content-range": "bytes 0-3/9" });
  expect([part.status, await part.text()]).toEqual([206, "part"]);
  expect((await ask({ "if-none-match": '"1"' }, { etag: '"1"' })).status).toBe(304);
  expect((await ask({ "if-none-match": '"2"' }, { etag: '"1"' })).status).toBe(200);
  const beyond = await ask({ range: "bytes=9-" }, { etag: '"1"', "content-range": "bytes */9" });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */9"]);
});

test("the URL of a signed upload has the name that the client reads", async () => {
  const path = "/storage/v1/object/upload/sign/images/a.part";
  const sign = new Request(url(path), { method: "POST", body: "{}" });
  const answer = async () => Response.json({ signedUrl: `${path}?token=t` });
  expect(await (await adaptStorageRequest(sign, answer)).json()).toMatchObject({
    url: "/object/upload/sign/images/a.part?token=t",
  });
});

test.each([
  ["as it is", () => new Blob(["video"], { type: "video/mp4" })],
  [
    "in a form",
    () => {
      const form = new FormData();
      form.append("cacheControl", "3600");
      form.append("", new Blob(["video"], { type: "video/mp4" }));
      return form;
    },
  ],
])("a signed upload sends the file %s, with its length", async (_, body) => {
  const upload = new Request(url("/storage/v1/object/upload/sign/images/a.part?token=t"), {
    method: "PUT",
    body: body(),
  });
  const got: (string | null)[] = [];
  const answer = await adaptStorageRequest(upload, async (request) => {
    got.push(request.headers.get("content-type"), request.headers.get("content-length"), await request.text());
    return Response.json({ Key: "a.part" });
  });
  expect(got).toEqual(["video/mp4", "5", "video"]);
  expect(await answer.json()).toEqual({ Key: "images/a.part" });
});

test.each([
  ["of another path", 403, "InvalidSignature"],
  ["that is forged", 500, "InvalidJWT"],
])("a signed upload with a token %s is refused in the words of the real one", async (_, status, error) => {
  const upload = new Request(url("/storage/v1/object/upload/sign/images/a.part?token=t"), { method: "PUT", body: "x" });
  const answer = await adaptStorageRequest(upload, async () => new Response(null, { status }));
  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ statusCode: "400", error })]);
});
