import { expect, test } from "vitest";
import { loginProblem } from "@/lib/supabase/login-problem";

test("a wrong password and an unknown e-mail sound the same", () => {
  expect(loginProblem({ code: "invalid_credentials", status: 400 })).toBe("E-mail or password is wrong");
});

test("too many tries are named, with or without a code", () => {
  const words = "Too many tries. Wait a minute, then try again";
  expect(loginProblem({ code: "over_request_rate_limit", status: 429 })).toBe(words);
  expect(loginProblem({ code: undefined, status: 429 })).toBe(words);
});

test("what nobody foresaw asks for patience and tells nothing", () => {
  expect(loginProblem({ code: "unexpected_failure", status: 500 })).toBe(
    "Sign-in is not answering. Try again in a moment",
  );
  expect(loginProblem({ code: "constructor", status: 400 })).toBe("Sign-in is not answering. Try again in a moment");
});
