import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { showsAdministration } from "@/lib/admin/access";

const state = vi.hoisted(() => ({ env: {}, settings: null as object | null, access: "none" }));
const seed = vi.hoisted(() => vi.fn<(name: string, parameters: object) => void>());
const logged = vi.hoisted(() => vi.fn<(event: string) => void>());
const answer = (data: unknown) => ({ data, error: null, status: 200 });
vi.mock("@/lib/env", () => ({ env: () => ({ ADMIN_EMAILS: ["ann@darkroom.test"], ...state.env }) }));
vi.mock("@/lib/log", () => ({ log: { error: logged } }));
vi.mock("@/lib/supabase/auth-settings", () => ({ readAuthSettings: async () => state.settings }));
vi.mock("@/lib/supabase/user-client", () => ({ createUserClient: async () => ({ rpc: () => answer(state.access) }) }));
vi.mock("@/lib/supabase/admin-client", () => ({
  adminClient: () => ({
    rpc: async (name: string, parameters: object) => {
      seed(name, parameters);
      state.access = "granted";
      return answer(null);
    },
  }),
}));
afterEach(() => {
  Object.assign(state, { env: {}, settings: null, access: "none" });
  vi.clearAllMocks();
});

const hosted = { isSandbox: false, isProduction: true, NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co" };
const local = { isSandbox: true, isProduction: true, NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1:54321" };
const newUser = (email = "Ann@darkroom.test") => ({
  id: randomUUID(),
  email,
  name: "",
  sessionId: null,
  signedInAt: 0,
  hasSecondFactor: false,
});

test.each<[string, object, object | null, boolean]>([
  ["a project that confirms addresses", hosted, { mailer_autoconfirm: false }, true],
  ["a project where anybody can have any address", hosted, { mailer_autoconfirm: true }, false],
  ["a project that does not answer", hosted, null, false],
  ["the sandbox", local, { mailer_autoconfirm: true }, true],
  ["a real Supabase and a local Replicate", { ...hosted, isSandbox: true }, { mailer_autoconfirm: true }, false],
  ["development", { ...hosted, isProduction: false }, { mailer_autoconfirm: true }, true],
])("with %s, ADMIN_EMAILS makes administrators only if the address is proven", async (_, env, settings, isSeeded) => {
  Object.assign(state, { env, settings });
  const user = newUser();
  expect(await showsAdministration(user)).toBe(isSeeded);
  const call = ["seed_admin", { p_user: user.id, p_email: user.email }];
  expect(seed.mock.calls).toEqual(isSeeded ? [call] : []);
  expect(logged.mock.calls).toEqual(isSeeded ? [] : [["admin_emails_need_confirmation"]]);
});

test("an administrator and other users are not made administrators again", async () => {
  state.env = local;
  expect(await showsAdministration(newUser("ben@darkroom.test"))).toBe(false);
  state.access = "granted";
  expect(await showsAdministration(newUser())).toBe(true);
  expect(seed).not.toHaveBeenCalled();
});
