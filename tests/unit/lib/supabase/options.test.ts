import { afterEach, expect, test, vi } from "vitest";
import { createUserClient } from "@/lib/supabase/user-client";
import { adminClient } from "@/lib/supabase/admin-client";
import { stubSettings } from "../stub-settings";

vi.mock("next/headers", () => ({
  cookies: () => Promise.resolve({ getAll: () => [] }),
  headers: () => Promise.resolve(new Headers()),
}));
afterEach(() => vi.unstubAllGlobals());

const withToken = new Request("http://localhost/api/replicate", { headers: { authorization: "Bearer abc.def" } });

test.each([
  ["with the secret key", () => Promise.resolve(adminClient())],
  ["with a session", () => createUserClient()],
  ["with a token", () => createUserClient(withToken)],
])("a request %s has a timeout", async (_, client) => {
  stubSettings();
  const ask = vi.fn<typeof fetch>(() => Promise.resolve(Response.json([])));
  vi.stubGlobal("fetch", ask);
  await (await client()).from("predictions").select();
  expect(ask.mock.calls.map(([, init]) => init?.signal instanceof AbortSignal)).toEqual([true]);
});
