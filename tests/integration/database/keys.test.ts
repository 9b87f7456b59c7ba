import { createHmac } from "node:crypto";
import { beforeAll, expect, inject, test } from "vitest";
import { seedRows } from "../../support/rows";
import { createUser } from "../../support/users";

const stack = inject("stack");
const { SUPABASE_SECRET_KEY = "", NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: publishable = "" } = stack.env;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function forge(secret: string, header: object = { alg: "HS256", typ: "JWT" }): string {
  const claims = { role: "service_role", sub: "00000000-0000-4000-8000-000000000001", exp: 4102444800 };
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const predictions = (headers: Record<string, string>) =>
  fetch(`${stack.supabaseUrl}/rest/v1/predictions?select=*`, { headers });

beforeAll(async () => {
  await seedRows(stack, await createUser(stack));
});

test("the secret key can read the rows that these tests try to reach", async () => {
  const response = await predictions({ apikey: SUPABASE_SECRET_KEY });
  expect(await response.json()).not.toEqual([]);
});

test.each([
  ["the default secret of @supabase/lite", forge("unsafe-secret-change-me")],
  ["the default secret of the Supabase CLI", forge("super-secret-jwt-token-with-at-least-32-characters-long")],
  ["an empty secret", forge("", { alg: "HS256" })],
  ["the publishable key as the secret", forge(publishable)],
  ["no algorithm", `${forge("x", { alg: "none" }).split(".").slice(0, 2).join(".")}.`],
])("a forged service role, signed with %s, is refused", async (_, token) => {
  const response = await predictions({ apikey: publishable, Authorization: `Bearer ${token}` });
  expect(response.status).toBe(401);
});

test.each([
  ["no key at all", {}],
  ["an unknown key", { apikey: "sb_secret_0000000000000000000000000000000000000000" }],
  ["a key in place of a token", { Authorization: `Bearer ${SUPABASE_SECRET_KEY}` }],
  ["a forwarded loopback address", { "X-Forwarded-For": "127.0.0.1", Host: "localhost" }],
])("a request with %s is refused", async (_, headers) => {
  expect((await predictions(headers)).status).toBe(401);
});

test("only the secret key opens the sandbox's own endpoints, and nothing else is served", async () => {
  for (const path of ["/__mail", "/__sql"]) {
    for (const apikey of ["", publishable]) {
      const response = await fetch(`${stack.supabaseUrl}${path}`, {
        method: "POST",
        body: "select 1",
        headers: { apikey },
      });
      expect(response.status).toBe(404);
    }
  }
  for (const path of ["/_system/introspect", "/_system/config", "/"]) {
    expect((await fetch(stack.supabaseUrl + path)).status).toBe(404);
  }
});
