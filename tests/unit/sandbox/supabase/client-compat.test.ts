import { expect, test } from "vitest";
import { adaptRequest } from "../../../../sandbox/supabase/client-compat";

const url = (path: string) => `http://127.0.0.1:1${path}`;
const echo = async (request: Request) => new Response(await request.text(), { headers: request.headers });

test("the type of a magic link is renamed for @supabase/lite", async () => {
  const verify = new Request(url("/auth/v1/verify"), { method: "POST", body: '{"type":"email","token_hash":"abc"}' });
  expect(await (await adaptRequest(verify, echo)).json()).toEqual({ type: "magiclink", token_hash: "abc" });
});

test("a signed URL has the names that the client reads", async () => {
  const sign = new Request(url("/storage/v1/object/sign/images/a.png"), { method: "POST", body: "{}" });
  const answer = async () => Response.json({ signedUrl: "/storage/v1/object/sign/images/a.png?token=t" });
  const relative = "/object/sign/images/a.png?token=t";
  expect(await (await adaptRequest(sign, answer)).json()).toMatchObject({ signedURL: relative, url: relative });
});

test("a failed signing is passed on unchanged", async () => {
  const sign = new Request(url("/storage/v1/object/sign/images/a.png"), { method: "POST", body: "{}" });
  const refused = await adaptRequest(sign, async () => Response.json({ error: "not_found" }, { status: 404 }));
  expect([refused.status, await refused.json()]).toEqual([404, { error: "not_found" }]);
});

test("a form upload reaches @supabase/lite as the file alone", async () => {
  const form = new FormData();
  form.append("cacheControl", "3600");
  form.append("", new Blob(["image"], { type: "image/png" }));
  const upload = new Request(url("/storage/v1/object/images/a.png"), { method: "POST", body: form });
  const answer = await adaptRequest(upload, echo);
  expect([answer.headers.get("content-type"), answer.headers.get("content-length"), await answer.text()]).toEqual([
    "image/png",
    "5",
    "image",
  ]);
});

test("other requests stay unchanged", async () => {
  const insert = new Request(url("/rest/v1/predictions"), { method: "POST", body: '{"type":"email"}' });
  expect(await (await adaptRequest(insert, echo)).text()).toBe('{"type":"email"}');
});
