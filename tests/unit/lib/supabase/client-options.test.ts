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

test("an upload has a timeout that grows with its size, in whole milliseconds", async () => {
  stubSettings();
  const timeout = vi.spyOn(AbortSignal, "timeout");
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ Key: "images/a", Id: "1" })));
  const sizes = [1, 2_750_001];
  for (const size of sizes) {
    await adminClient()
      .storage.from("images")
      .upload("a", new Blob([new Uint8Array(size)]));
  }
  expect(timeout.mock.calls).toEqual([[31_000], [36_000]]);
});
