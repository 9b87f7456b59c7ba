import { globSync, readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";

const called = vi.hoisted(() => vi.fn<(...values: unknown[]) => Promise<unknown>>());
const user = vi.hoisted(() => ({ email: "Demo@darkroom.test" }));
const auth = {
  updateUser: called,
  signOut: called,
  linkIdentity: called,
  mfa: { listFactors: called, enroll: called, unenroll: called, challengeAndVerify: called },
  getUserIdentities: called,
};
vi.mock("@/lib/env", () => ({
  env: () => ({
    demo: { email: "demo@darkroom.test", password: "x" },
    AUTH_PROVIDERS: [{ name: "github", label: "GitHub" }],
  }),
}));
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
const { disconnect, endOtherSession, removeApp, setUpAuthenticator, signOutEverywhere } =
  await import("@/app/dashboard/account/sign-in-actions");
const { deleteAccount } = await import("@/app/dashboard/account/export-and-delete-actions");
const { setPassword } = await import("@/app/login/new-password/set-password");
const { GET: connect } = await import("@/app/dashboard/account/connect/[provider]/route");

const refused = {
  changeEmail,
  changePassword,
  setPassword,
  disconnect,
  endOtherSession,
  removeApp,
  setUpAuthenticator,
  deleteAccount,
};
/** The actions that are also allowed with the demo account. */
const allowed = [
  "changeName",
  "exportEverything",
  "keepAccount",
  "makeKey",
  "revokeKey",
  "signOutEverywhere",
  "signOut",
  "setTheme",
];
const signIns =
  "signIn signUp sendLink sendRecovery signInToDemo signInAgain sendCodeAgain checkFactor confirmSignIn".split(" ");

beforeEach(() => void called.mockReset());

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

test.each(Object.entries(refused))("nobody can use %s on the demo account, which everybody uses", async (_, action) => {
  const { problem } = await action({ email: "" }, createForm());
  expect(problem?.text).toMatch(/Many people use the demo account|already ended/);
  expect(called).not.toHaveBeenCalled();
});

test("nobody can connect an account of another service to the demo account", async () => {
  const request = new Request("http://here.invalid/", {
    headers: { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" },
  });
  const params = Promise.resolve({ provider: "github" });
  await expect(connect(request, { params })).rejects.toMatchObject({
    digest: expect.stringContaining("/dashboard/account#connected"),
  });
  expect(called).not.toHaveBeenCalled();
});

test("a visitor who signs out everywhere ends only the own session", async () => {
  called.mockResolvedValue({ error: null });
  await expect(signOutEverywhere()).rejects.toMatchObject({ digest: expect.stringContaining("/login") });
  expect(called.mock.calls).toEqual([[{ scope: "local" }]]);
});

test("these are all actions of the account and of the sign-in", () => {
  const files = globSync(["app/{login,auth,dashboard/account}/**/*.ts", "app/dashboard/*.ts"]);
  const sources = files.map((file) => readFileSync(file, "utf8")).filter((source) => source.startsWith('"use server"'));
  const actions = sources.flatMap((source) =>
    Array.from(source.matchAll(/^export (?:async function|const) (\w+)/gm), ([, name = ""]) => name),
  );
  expect(actions.toSorted()).toEqual([...Object.keys(refused), ...allowed, ...signIns].toSorted());
});
