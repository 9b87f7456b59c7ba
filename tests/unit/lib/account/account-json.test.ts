import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient } from "@supabase/supabase-js";
import { planAccountJson } from "@/lib/account/exports/account-json";
import { forgetGenerated } from "@/lib/account/exports/generated-file";
import type { PlannedFile } from "@/lib/media/serving/planned-zip";

vi.mock("@/lib/supabase/admin-client", () => ({}));

const created_at = "2026-11-21T14:32:08.000+00:00";
const id = "0195f2a8-0000-7000-8000-00000000000a";
const user = { id, email: "ada@example.com", user_metadata: {}, created_at, identities: [] };
const made = { id, parts: [], lost_files: [], created_at, expires_at: created_at };

const database = { revision: "1 1", output: "a fox" };
const histories = vi.fn<() => void>();

const supabase = createClient("http://supabase.test", "key", {
  global: {
    fetch: async (url) => {
      const path = new URL(url instanceof Request ? url.url : url).pathname;
      if (path.endsWith("/user")) return Response.json(user);
      if (path.endsWith("/export_revision")) return Response.json(database.revision);
      if (/\/(usage_daily|api_keys)$/.test(path)) return Response.json([]);
      histories();
      return Response.json([{ id, created_at, content: JSON.stringify({ output: database.output }) }]);
    },
  },
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  Object.assign(database, { revision: `1 ${crypto.randomUUID()}`, output: "a fox" });
  histories.mockReset();
});
afterEach(() => vi.useRealTimers());

async function read({ open, size }: PlannedFile, start = 0, end = size - 1) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await open({ start, end })) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test("requests in the same minute read the history once, and get the same bytes", async () => {
  const [first, second] = [
    await planAccountJson(supabase, "token", made),
    await planAccountJson(supabase, "token", made),
  ];
  const text = await read(first.file);
  expect(JSON.parse(text)).toMatchObject({ account: { email: user.email }, predictions: [{ output: "a fox" }] });
  expect(first.file.size).toBe(text.length);
  expect([await read(second.file), await read(second.file, 10, 99)]).toEqual([text, text.slice(10, 100)]);
  expect(histories).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_001);
  await planAccountJson(supabase, "token", made);
  expect(histories).toHaveBeenCalledTimes(2);
});

test("a change of the history is in the next archive", async () => {
  const { file: before } = await planAccountJson(supabase, "token", made);
  Object.assign(database, { revision: `2 ${database.revision}`, output: "a bear" });
  const { file: after } = await planAccountJson(supabase, "token", made);
  expect([await read(before), await read(after)]).toEqual([
    expect.stringContaining("a fox"),
    expect.stringContaining("a bear"),
  ]);
});

test("a large history is not kept in memory, and is measured again after it was different", async () => {
  database.output = "x".repeat(2_000_000);
  const { file, version } = await planAccountJson(supabase, "token", made);
  await planAccountJson(supabase, "token", made);
  expect(histories).toHaveBeenCalledTimes(1);
  expect((await read(file)).length).toBe(file.size);
  expect(histories).toHaveBeenCalledTimes(2);
  database.output = "a bear";
  forgetGenerated(version);
  const { file: next } = await planAccountJson(supabase, "token", made);
  expect(await read(next)).toContain("a bear");
});
