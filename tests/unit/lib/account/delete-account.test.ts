import { beforeEach, expect, test, vi } from "vitest";
import { sweepAccounts } from "@/lib/account/delete-account";

const USER = "0195f2a8-0000-7000-8000-000000000001";
const OTHER = "0195f2a8-0000-7000-8000-000000000002";
const step = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, parameters: object) => Promise<object>>(),
  deleteUser: vi.fn<(id: string) => Promise<object>>(),
}));
vi.mock("@/lib/supabase/admin-client", () => ({
  adminClient: () => ({ rpc: step.rpc, auth: { admin: { deleteUser: step.deleteUser } } }),
}));
vi.mock("@/lib/supabase/user-client", () => ({}));
vi.mock("@/lib/media/delete", () => ({}));
vi.mock("@/lib/env", () => ({}));
vi.mock("next/server", () => ({}));
vi.mock("@/lib/log", () => ({ log: { info: () => {}, error: () => {} } }));

const ok = (data: unknown = null) => ({ data, error: null });
const failed = { data: null, error: { message: "down", code: "08006" } };
let answers: Record<string, object[]>;

beforeEach(() => {
  answers = { claim_account_deletions: [ok([USER])], delete_predictions: [ok(true), ok(true), ok(false)] };
  step.rpc.mockReset().mockImplementation(async (name) => answers[name]?.shift() ?? ok());
  step.deleteUser.mockReset().mockResolvedValue({ error: null });
});

const calls = () => step.rpc.mock.calls.map(([name]) => name);

test("the sessions end first, then the predictions are deleted in batches, then the account", async () => {
  expect(await sweepAccounts()).toBe(1);
  expect(calls()).toEqual([
    "claim_account_deletions",
    "end_sessions",
    "delete_predictions",
    "delete_predictions",
    "delete_predictions",
  ]);
  expect(step.deleteUser.mock.calls).toEqual([[USER]]);
});

test("an account that is gone already is deleted", async () => {
  step.deleteUser.mockResolvedValue({ error: { code: "user_not_found", status: 404 } });
  expect(await sweepAccounts()).toBe(1);
});

test("a failure leaves the account for the next sweep, and does not stop the others", async () => {
  answers = { claim_account_deletions: [ok([USER, OTHER])], delete_predictions: [failed, ok(false)] };
  expect(await sweepAccounts()).toBe(2);
  expect(step.deleteUser.mock.calls).toEqual([[OTHER]]);
  answers = { claim_account_deletions: [ok([USER])], delete_predictions: [ok(false)] };
  await sweepAccounts();
  expect(step.deleteUser.mock.calls).toEqual([[OTHER], [USER]]);
});
