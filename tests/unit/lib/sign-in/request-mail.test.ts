import { AuthApiError, AuthRetryableFetchError } from "@supabase/supabase-js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import type { countMail, returnMail } from "@/lib/limits/sign-in-limits";
import type { rememberMailRequest } from "@/lib/sign-in/mail-request-cookie";
import { requestMail, type MailKind } from "@/lib/sign-in/request-mail";

const state = vi.hoisted(() => ({ signUp: "open", wait: 0, settings: { mailer_autoconfirm: false } as object | null }));
const saved = vi.hoisted(() => vi.fn<() => void>());
const mails = vi.hoisted(() => ({ counted: vi.fn<typeof countMail>(), returned: vi.fn<typeof returnMail>() }));
const remembered = vi.hoisted(() => vi.fn<typeof rememberMailRequest>());
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void work() }));
vi.mock("@/lib/env", () => ({ env: () => ({ SIGN_UP: state.signUp }) }));
vi.mock("@/lib/limits/sign-in-limits", () => ({
  countMail: mails.counted,
  returnMail: mails.returned,
  inWords: (seconds: number) => `${seconds} s`,
  mailPause: 60,
}));
vi.mock("@/lib/sign-in/mail-request-cookie", () => ({ rememberMailRequest: remembered }));
vi.mock("@/lib/supabase/auth-settings", () => ({ readAuthSettings: async () => state.settings }));
vi.mock("@/lib/supabase/user-client", () => ({ createHeldAuthClient: async () => ({ auth: {}, save: saved }) }));

const logged = vi.hoisted(() => vi.fn<(event: string) => void>());
vi.mock("@/lib/log", () => ({ log: { error: logged, info: () => {} } }));

beforeEach(() => {
  vi.useFakeTimers();
  mails.counted.mockImplementation(async () => state.wait);
});
afterEach(() => {
  vi.useRealTimers();
  Object.assign(state, { signUp: "open", wait: 0, settings: { mailer_autoconfirm: false } });
  processState.mails.failedAt = -Infinity;
  vi.clearAllMocks();
});

/** Requests an e-mail. Supabase responds after `ms`, with an error or not. Returns the answer and how long it took (ms). */
async function send(kind: MailKind, error: Error | null, ms = 10, isAgain = false) {
  const start = Date.now();
  let end = 0;
  const answer = requestMail("fox@darkroom.test", { kind, isAgain }, async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return { error: error as AuthApiError | null };
  }).finally(() => (end = Date.now() - start));
  await vi.runAllTimersAsync();
  return { answer: await answer, took: end };
}
const refused = (status: number, code: string) => new AuthApiError("x", status, code);
const failed = (status: number) => new AuthRetryableFetchError("x", status);

const sent = { answer: { wait: 60 }, took: 1_000 };

describe("the answer is the same after a second,", () => {
  test.each<[string, MailKind, Error | null]>([
    ["if the e-mail was sent", "recovery", null],
    ["if there is no such account", "link", refused(422, "otp_disabled")],
    ["if new accounts are off", "link", refused(422, "signup_disabled")],
    ["if the account has just got an e-mail", "recovery", refused(429, "over_email_send_rate_limit")],
    ["if the account is blocked", "link", refused(403, "user_banned")],
    ["if the account exists", "account", refused(422, "user_already_exists")],
    ["if the e-mail could not be sent", "recovery", failed(500)],
    ["if the built-in mailer refuses the address", "account", refused(400, "email_address_not_authorized")],
  ])("%s (%s)", async (_, kind, error) => {
    if (kind === "link") state.signUp = "invite";
    expect(await send(kind, error)).toEqual(sent);
    expect(saved).toHaveBeenCalledOnce();
  });

  test("and if sending takes longer", async () => {
    expect(await send("recovery", null, 4_000)).toEqual(sent);
  });
});

describe("an error that does not depend on the account is shown:", () => {
  test.each<[MailKind, Error, string]>([
    ["recovery", refused(400, "captcha_failed"), "not a robot"],
    ["recovery", refused(400, "validation_failed"), "not a complete e-mail address"],
    ["account", refused(422, "weak_password"), "too easy to guess"],
    ["account", refused(422, "signup_disabled"), "New accounts can't be created here"],
    ["link", refused(400, "email_address_not_authorized"), "operator of this site must set up SMTP"],
    ["link", failed(500), "can't be reached"],
    ["recovery", failed(0), "can't be reached"],
    ["recovery", failed(503), "can't be reached"],
  ])("%s %o", async (kind, error, text) => {
    const { answer } = await send(kind, error);
    expect(answer).toEqual({ problem: expect.stringContaining(text) });
    expect(saved).not.toHaveBeenCalled();
  });

  test("a Supabase that answers nothing at all", async () => {
    state.settings = null;
    expect((await send("recovery", null, 30_000)).answer).toEqual({
      problem: expect.stringContaining("can't be reached"),
    });
  });
});

test("a failed e-mail is logged, and for ten minutes everyone hears of it", async () => {
  await send("link", refused(400, "email_address_not_authorized"), 2_000);
  expect(logged.mock.calls).toEqual([
    ["sign_in_failed", expect.objectContaining({ code: "email_address_not_authorized" })],
  ]);
  const trouble = { wait: 60, note: expect.stringContaining("trouble sending e-mails") };
  expect((await send("recovery", null)).answer).toEqual(trouble);
  vi.setSystemTime(Date.now() + 11 * 60_000);
  expect((await send("recovery", null)).answer).toEqual({ wait: 60 });
});

test("a second e-mail within a minute is not sent, and the answer says how long to wait", async () => {
  state.wait = 42;
  const ask = vi.fn<() => Promise<{ error: null }>>();
  expect(await requestMail("fox@darkroom.test", { kind: "link" }, ask)).toEqual({
    wait: 42,
    note: "An e-mail was already sent to fox@darkroom.test. The next one can be sent in 42 s.",
  });
  expect(ask).not.toHaveBeenCalled();
});

test.each<MailKind>(["recovery", "account"])(
  "nobody hears of a failed e-mail (%s) that only some addresses get",
  async (kind) => {
    await send(kind, failed(500));
    await send(kind, failed(500), 2_000);
    expect(await send("recovery", null)).toEqual(sent);
    expect(logged).toHaveBeenCalledTimes(2);
  },
);

test("after a failed e-mail of a kind that every address gets, the answer to the next one says so", async () => {
  await send("link", failed(500));
  expect((await send("recovery", null)).answer).toMatchObject({ note: expect.stringContaining("trouble") });
});

describe("an e-mail does not count if Supabase refuses it for every address:", () => {
  test.each<[MailKind, Error, number]>([
    ["recovery", refused(400, "captcha_failed"), 10],
    ["recovery", refused(400, "captcha_failed"), 2_000],
    ["account", refused(422, "signup_disabled"), 10],
    ["account", refused(422, "weak_password"), 10],
  ])("%s %o after %i ms", async (kind, error, ms) => {
    await send(kind, error, ms);
    expect(mails.returned.mock.calls).toEqual(mails.counted.mock.calls);
    expect(mails.returned).toHaveBeenCalledWith(kind === "account" ? "sign-up" : "sign-in", "fox@darkroom.test");
  });

  test.each<[MailKind, Error | null, number]>([
    ["recovery", null, 10],
    ["link", refused(422, "otp_disabled"), 10],
    ["recovery", refused(429, "over_email_send_rate_limit"), 10],
    ["recovery", refused(429, "over_email_send_rate_limit"), 2_000],
    ["link", refused(422, "signup_disabled"), 2_000],
  ])("but it counts otherwise: %s %o after %i ms", async (kind, error, ms) => {
    await send(kind, error, ms);
    expect(mails.counted).toHaveBeenCalledOnce();
    expect(mails.returned).not.toHaveBeenCalled();
  });

  test("where nobody may sign up, a sign-up is not even counted", async () => {
    state.signUp = "invite";
    expect((await send("account", null)).answer).toEqual({ problem: expect.stringContaining("can't be created here") });
    expect(mails.counted).not.toHaveBeenCalled();
  });
});

describe("this browser has created an account", () => {
  const times = () => remembered.mock.calls.map(([, { isSignUp, signedUpAt }]) => [isSignUp, signedUpAt]);

  test.each([10, 2_000])("if Supabase was asked to, and answers after %i ms", async (ms) => {
    const start = Date.now();
    await send("account", null, ms);
    expect(times()).toEqual([[true, start]]);
  });

  test("also if an error depends on the account, because the cookie must not tell", async () => {
    const start = Date.now();
    await send("account", refused(422, "user_already_exists"));
    expect(times()).toEqual([[true, start]]);
  });

  test("but not if it has asked for the e-mail again, or for another kind", async () => {
    await send("account", null, 10, true);
    await send("link", null);
    expect(times()).toEqual([
      [true, null],
      [false, null],
    ]);
  });

  test("and not if it must wait, so that Supabase is not asked", async () => {
    state.wait = 42;
    await send("account", null);
    expect(times()).toEqual([[true, null]]);
  });

  test.each(["captcha_failed", "weak_password", "signup_disabled"])("and not after the error %s", async (code) => {
    await send("account", refused(400, code));
    expect(remembered).not.toHaveBeenCalled();
  });
});
