import { afterEach, expect, test, vi } from "vitest";
import { createUserClient } from "@/lib/supabase/user-client";
import { adminClient } from "@/lib/supabase/admin";
import { stubSettings } from "../settings";

vi.mock("next/headers", () => ({
  cookies: () => Promise.resolve({ getAll: () => [] }),
  headers: () => Promise.resolve(new Headers()),
}));
afterEach(() => vi.unstubAllGlobals());

const withToken = new Request("http://localhost/api/replicate", { headers: { authorization: "Bearer abc.def" } });

test.each([
  ["with the secret key", () => Promise.resolve(adminClient())],
  ["as a session's person", () => createUserClient()],
  ["as a token's person", () => createUserClient(withToken)],
])("a question %s is not waited for for ever", async (_, client) => {
  stubSettings();
  const ask = vi.fn<typeof fetch>(() => Promise.resolve(Response.json([])));
  vi.stubGlobal("fetch", ask);
  await (await client()).from("predictions").select();
  expect(ask.mock.calls.map(([, init]) => init?.signal instanceof AbortSignal)).toEqual([true]);
});
