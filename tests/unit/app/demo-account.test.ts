import { expect, test, vi } from "vitest";

const called = vi.hoisted(() => vi.fn<(...values: unknown[]) => Promise<unknown>>());
const user = vi.hoisted(() => ({ email: "Demo@darkroom.test" }));
const auth = {
  updateUser: called,
  signOut: called,
  mfa: { listFactors: called, enroll: called, unenroll: called, challengeAndVerify: called },
  getUserIdentities: called,
};
vi.mock("@/lib/env", () => ({ env: () => ({ demo: { email: "demo@darkroom.test", password: "x" } }) }));
vi.mock("@/lib/auth", () => ({ requireRecentPageUser: async () => user, requirePageUser: async () => user }));
vi.mock("@/lib/supabase/user-client", () => ({
  createAuthClient: async () => auth,
  createHeldAuthClient: called,
  createUserClient: async () => ({ rpc: called }),
}));
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc: called }) }));
vi.mock("@/lib/account/profile", () => ({ forgetUser: async () => {} }));
vi.mock("next/headers", () => ({}));
vi.mock("next/cache", () => ({ revalidatePath: () => {} }));
vi.mock("next/server", () => ({}));
const { changeEmail, changePassword } = await import("@/app/dashboard/account/profile-actions");
const { disconnect, endOtherSession, removeApp, setUpAuthenticator } =
  await import("@/app/dashboard/account/sign-in-actions");
const { deleteAccount } = await import("@/app/dashboard/account/data-actions");

function createForm() {
  const form = new FormData();
  const id = "0195f2a8-0000-4000-8000-000000000001";
  const values = {
    email: user.email,
    password: "a good password",
    code: "123456",
    identity: id,
    factor: id,
    session: id,
  };
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test.each(
  Object.entries({
    changeEmail,
    changePassword,
    disconnect,
    endOtherSession,
    removeApp,
    setUpAuthenticator,
    deleteAccount,
  }),
)("nobody can use %s on the demo account, which everybody uses", async (_, action) => {
  const { problem } = await action({}, createForm());
  expect(problem).toMatchObject({ field: null });
  expect(called).not.toHaveBeenCalled();
});
