import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getProfile } from "@/lib/account/profile";
import { createSession, toCookie, USER } from "../sessions";
import { stubSettings } from "../stub-settings";

const { cookie } = vi.hoisted(() => ({ cookie: { value: {} } }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ getAll: () => [cookie.value], set: () => {} }),
  headers: async () => new Headers(),
}));
const answer = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  stubSettings();
  cookie.value = toCookie(createSession());
  vi.stubGlobal("fetch", answer);
});
afterEach(() => vi.unstubAllGlobals());

const identity = (provider: string, identity_data: object | null) => ({
  identity_id: USER.id,
  provider,
  identity_data,
});
const factor = (status: string, factor_type = "totp") => ({
  id: USER.id,
  status,
  factor_type,
  created_at: "2026-11-21T14:32:07Z",
});

test("a profile has the name, the address that waits, the connected accounts and the apps that are set up", async () => {
  answer.mockResolvedValue(
    Response.json({
      ...USER,
      new_email: "new@darkroom.test",
      user_metadata: { name: `  ${"é".repeat(90)}` },
      identities: [identity("email", { email: USER.email }), identity("github", {})],
      factors: [factor("verified"), factor("unverified"), factor("verified", "phone")],
    }),
  );
  expect(await getProfile()).toMatchObject({
    email: USER.email,
    name: "é".repeat(80),
    newEmail: "new@darkroom.test",
    identities: [
      { provider: "email", email: USER.email },
      { provider: "github", email: null },
    ],
    factors: [factor("verified")].map(({ id }) => ({ id })),
  });
});

test("the name that a user has chosen stays after a sign-in with another service, which gives another name", async () => {
  for (const chosen_name of ["Ann", ""]) {
    const user_metadata = { name: "octocat", full_name: "octocat", chosen_name };
    answer.mockResolvedValue(Response.json({ ...USER, user_metadata }));
    expect(await getProfile()).toMatchObject({ name: chosen_name });
  }
});

test("what users write into their metadata does not break the page", async () => {
  for (const user_metadata of [null, "x", { name: 5 }, { name: { a: 1 } }, { chosen_name: 5 }]) {
    answer.mockResolvedValue(Response.json({ ...USER, user_metadata, identities: null }));
    expect(await getProfile()).toMatchObject({ name: "", newEmail: null, identities: [], factors: [] });
  }
});

test("a session that has just ended has no profile, but an outage is not a sign-out", async () => {
  answer.mockResolvedValue(Response.json({ error_code: "session_not_found", msg: "gone" }, { status: 403 }));
  expect(await getProfile()).toBeNull();
  answer.mockResolvedValue(Response.json({ error_code: "unexpected_failure", msg: "down" }, { status: 500 }));
  await expect(getProfile()).rejects.toMatchObject({ code: "db_unavailable" });
});
