import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { authErrorTexts } from "@/lib/supabase/auth-error-texts";
import { explainAuthError } from "@/lib/supabase/auth-errors";

const settings = vi.hoisted((): { OPERATOR_EMAIL: string | null } => ({ OPERATOR_EMAIL: null }));
vi.mock("@/lib/env", () => ({ env: () => settings }));

/** The codes in the type `ErrorCode` of the installed package @supabase/auth-js. */
const types = readFileSync("node_modules/@supabase/auth-js/dist/module/lib/error-codes.d.ts", "utf8");
const [, union = ""] = /type ErrorCode = (.*);/.exec(types) ?? [];
const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code = ""]) => code);

/** Codes that the type `ErrorCode` does not contain: codes of newer servers, of the package itself, of OAuth and of Darkroom. */
const others = [
  "access_denied",
  "account_mismatch",
  "current_password_invalid",
  "current_password_required",
  "email_address_not_provided",
  "feature_disabled",
  "flow_state_already_used",
  "oauth_client_state_expired",
  "oauth_client_state_not_found",
  "oauth_invalid_state",
  "other_account",
  "pkce_code_verifier_not_found",
  "sso_provider_disabled",
  "web3_provider_disabled",
];

test("every code that Supabase's client knows has a text, and no text is for a code that does not exist", () => {
  expect(codes.length).toBeGreaterThan(80);
  expect([...authErrorTexts.keys()].map(String).toSorted()).toEqual([...codes, ...others].toSorted());
});

test("every text says what happened and what to do, in whole sentences", () => {
  for (const { message, remedy } of authErrorTexts.values())
    for (const text of [message, remedy]) expect(text).toMatch(/^[A-Z“].*[.]$/);
});

test.each([
  [
    "email_address_not_authorized",
    "This site cannot send e-mail to you yet. The operator of this site must set up SMTP.",
  ],
  ["captcha_failed", "The check that you are not a robot has failed."],
  ["signup_disabled", "New accounts can't be created here."],
  ["user_banned", "This account is blocked. Ask the operator of this site for help."],
])("%s is explained", (code, start) => {
  expect(explainAuthError({ code, status: 400 })).toContain(start);
});

test("a blocked user reads where to write, if the operator has set an address", () => {
  settings.OPERATOR_EMAIL = "help@darkroom.test";
  expect(explainAuthError({ code: "user_banned", status: 400 })).toBe(
    "This account is blocked. Write to help@darkroom.test.",
  );
});

test.each([
  [429, "There were too many attempts. Wait a minute, then try again."],
  [500, "The sign-in service can't be reached right now. Try again in a moment."],
  [0, "The sign-in service can't be reached right now. Try again in a moment."],
  [400, "This did not work. Start again on the sign-in page, or use another way to sign in."],
])("an unknown code with the status %i is explained by the status", (status, text) => {
  expect(explainAuthError({ code: undefined, status })).toBe(text);
  expect(explainAuthError({ code: "constructor", status })).toBe(text);
});
