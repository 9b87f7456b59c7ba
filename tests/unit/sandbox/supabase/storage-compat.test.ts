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

test("a folder lists what is in it by name, its folders first, without an id", async () => {
  const names = ["user/a.png", "user/b/0.png", "user/b/1.png", "user/c/d/0.png", "users/z.png"];
  const handle = async (request: Request) => {
    const { prefix } = (await request.json()) as { prefix: string };
    return Response.json(names.filter((name) => name.startsWith(prefix)).map((name) => ({ name, id: name })));
  };
  const list = async (query: object) => {
    const request = new Request(url("/storage/v1/object/list/images"), { method: "POST", body: JSON.stringify(query) });
    return (await (await adaptStorageRequest(request, handle)).json()) as { name: string; id: string | null }[];
  };
  expect(await list({ prefix: "user" })).toEqual([
    expect.objectContaining({ name: "b", id: null, metadata: null }),
    expect.objectContaining({ name: "c", id: null }),
    { name: "a.png", id: "user/a.png" },
  ]);
  expect((await list({ prefix: "user/b/" })).map(({ name }) => name)).toEqual(["0.png", "1.png"]);
  expect((await list({ prefix: "user", limit: 1, offset: 2 })).map(({ name }) => name)).toEqual(["a.png"]);
  expect((await list({ prefix: "", search: "users" })).map(({ name }) => name)).toEqual(["users"]);
});

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
