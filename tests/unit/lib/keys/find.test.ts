import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findApiKey } from "@/lib/keys/find";
import { generateKey, hashKey } from "@/lib/keys/format";

const rpc = vi.hoisted(() => vi.fn<(name: string, parameters: object) => Promise<object>>());
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc }) }));

const NOW = Date.parse("2026-11-21T14:32:07.500Z");
const id = "0195f2a8-0000-4000-8000-000000000001";
const user = { id: "0195f2a8-0000-4000-8000-000000000002", email: "fox@darkroom.test", user_metadata: { name: "Fox" } };
const row = { id, scopes: ["read"], expires_at: null, user };
const answer = (data: unknown) => rpc.mockResolvedValue({ data, error: null });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  rpc.mockReset();
});
afterEach(() => vi.useRealTimers());

test("a key is looked up by its hash, and gives its user", async () => {
  const key = generateKey();
  answer(row);
  expect(await findApiKey(key)).toMatchObject({ id, scopes: ["read"], user: { id: user.id, name: "Fox" } });
  expect(rpc.mock.calls).toEqual([["find_api_key", { p_hash: hashKey(key) }]]);
});

test("a key with a typo is refused without a query", async () => {
  expect(await findApiKey(`${generateKey()}x`)).toBeNull();
  expect(rpc).not.toHaveBeenCalled();
});

test("a key is trusted for five seconds, and then looked up again", async () => {
  const key = generateKey();
  answer(row);
  await findApiKey(key);
  answer(null);
  vi.setSystemTime(NOW + 4_900);
  expect(await findApiKey(key)).not.toBeNull();
  vi.setSystemTime(NOW + 5_001);
  expect(await findApiKey(key)).toBeNull();
});

test("a key is not trusted after it has expired", async () => {
  const key = generateKey();
  answer({ ...row, expires_at: new Date(NOW + 1_000).toISOString() });
  expect(await findApiKey(key)).not.toBeNull();
  answer(null);
  vi.setSystemTime(NOW + 1_001);
  expect(await findApiKey(key)).toBeNull();
});

test("a key that does not work is looked up only once in five seconds", async () => {
  const key = generateKey();
  answer(null);
  for (let n = 0; n < 20; n++) expect(await findApiKey(key)).toBeNull();
  expect(rpc).toHaveBeenCalledTimes(1);
});

test("an outage of the database is not a refusal", async () => {
  const key = generateKey();
  rpc.mockResolvedValue({ data: null, error: { message: "fetch failed", code: "" } });
  await expect(findApiKey(key)).rejects.toMatchObject({ code: "db_unavailable" });
  answer(row);
  expect(await findApiKey(key)).not.toBeNull();
});
