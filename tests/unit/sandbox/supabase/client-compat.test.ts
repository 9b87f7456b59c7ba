import { expect, test } from "vitest";
import { adaptRequest } from "../../../../sandbox/supabase/client-compat";

const url = (path: string) => `http://127.0.0.1:1${path}`;
const echo = async (request: Request) => new Response(await request.text(), { headers: request.headers });

test("the type of a magic link is renamed for @supabase/lite", async () => {
  const verify = new Request(url("/auth/v1/verify"), { method: "POST", body: '{"type":"email","token_hash":"abc"}' });
  expect(await (await adaptRequest(verify, echo)).json()).toEqual({ type: "magiclink", token_hash: "abc" });
});

test("other requests stay unchanged", async () => {
  const insert = new Request(url("/rest/v1/predictions"), { method: "POST", body: '{"type":"email"}' });
  expect(await (await adaptRequest(insert, echo)).text()).toBe('{"type":"email"}');
});
