import { expect, test } from "vitest";
import { bearerToken } from "@/lib/supabase/user-client";

function tokenOf(authorization?: string) {
  return bearerToken(new Request("http://app.example/", { headers: authorization ? { authorization } : {} }));
}

test("the token of a Bearer header is found in any case of the scheme", () => {
  expect(tokenOf("Bearer a.b.c")).toBe("a.b.c");
  expect(tokenOf("bearer  a.b.c ")).toBe("a.b.c");
});

test("any other header has no token", () => {
  expect(tokenOf()).toBeNull();
  expect(tokenOf("Basic YTpi")).toBeNull();
  expect(tokenOf("Bearer")).toBeNull();
  expect(tokenOf("Bearer a b")).toBeNull();
});
