import { expect, test } from "vitest";
import { authErrorMessage } from "@/lib/supabase/auth-error-message";

test("a wrong password and an unknown e-mail have the same message", () => {
  expect(authErrorMessage({ code: "invalid_credentials", status: 400 })).toBe("E-mail or password is wrong");
});

test("too many attempts have a message, with or without a code", () => {
  const words = "Too many attempts. Wait a minute, then try again";
  expect(authErrorMessage({ code: "over_request_rate_limit", status: 429 })).toBe(words);
  expect(authErrorMessage({ code: undefined, status: 429 })).toBe(words);
});

test("an unknown error asks to try again and tells no details", () => {
  expect(authErrorMessage({ code: "unexpected_failure", status: 500 })).toBe(
    "Sign-in is unavailable. Try again in a moment",
  );
  expect(authErrorMessage({ code: "constructor", status: 400 })).toBe("Sign-in is unavailable. Try again in a moment");
});
