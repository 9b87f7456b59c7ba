import { beforeEach, expect, test, vi } from "vitest";

const asked = vi.hoisted(() => vi.fn<() => Promise<{ error: { code: string; status: number } }>>());
const attempts = vi.hoisted(() => ({
  count: vi.fn<(guess?: object) => null>(),
  takeBack: vi.fn<(guess: object) => void>(),
}));
const mailed = vi.hoisted(() => vi.fn<() => Promise<{ wait: number }>>());
const settings = vi.hoisted(() => ({
  captcha: { siteKey: "x" } as object | null,
  APP_URL: "https://darkroom.example",
}));
vi.mock("@/lib/env", () => ({ env: () => settings }));
vi.mock("@/lib/supabase/open-session", () => ({ openSession: asked }));
vi.mock("@/lib/sign-in/request-mail", () => ({ requestMail: mailed }));
vi.mock("@/lib/sign-in/fixed-time", () => ({ takeAtLeast: async () => {} }));
vi.mock("@/lib/sign-in/next-page", () => ({ rememberNext: async () => {} }));
vi.mock("@/lib/log", () => ({ log: { error: () => {} } }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));
vi.mock("@/app/login/count-attempt", () => ({ countAttempt: attempts.count, takeBackGuess: attempts.takeBack }));
const { checkPassword } = await import("@/app/login/check-password");
const { answerMailForm } = await import("@/app/login/answer-mail-form");

const fields = { email: "fox@darkroom.test", password: "a quiet red light" };
const guess = { kind: "password", account: fields.email };
const refused = { problem: { field: "form", text: expect.stringContaining("not a robot") } };

beforeEach(() => {
  vi.clearAllMocks();
  settings.captcha = { siteKey: "x" };
  attempts.count.mockReturnValue(null);
  mailed.mockResolvedValue({ wait: 60 });
});

test("a guess without an answer to the check is refused, and does not count against the account", async () => {
  expect(await checkPassword({ ...fields, captcha: undefined })).toMatchObject(refused);
  expect(attempts.count).not.toHaveBeenCalled();
  expect(asked).not.toHaveBeenCalled();
});

test("a guess whose answer to the check is wrong does not count against the account either", async () => {
  asked.mockResolvedValue({ error: { code: "captcha_failed", status: 400 } });
  expect(await checkPassword({ ...fields, captcha: "made up" })).toMatchObject(refused);
  expect(attempts.count.mock.calls).toEqual([[guess]]);
  expect(attempts.takeBack.mock.calls).toEqual([[guess]]);
});

test.each([null, { siteKey: "x" }])("a wrong password counts, with the setting %o", async (captcha) => {
  settings.captcha = captcha;
  asked.mockResolvedValue({ error: { code: "invalid_credentials", status: 400 } });
  await checkPassword({ ...fields, captcha: captcha ? "right" : undefined });
  expect(attempts.count.mock.calls).toEqual([[guess]]);
  expect(attempts.takeBack).not.toHaveBeenCalled();
});

test.each(["account", "link", "recovery"] as const)(
  "a request for an e-mail (%s) without an answer to the check is refused before it counts",
  async (kind) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    expect(await answerMailForm(kind, form)).toMatchObject(refused);
    expect(mailed).not.toHaveBeenCalled();
    form.set("captcha", "right");
    expect(await answerMailForm(kind, form)).toMatchObject({ sent: { wait: 60 } });
    expect(mailed).toHaveBeenCalledOnce();
  },
);
