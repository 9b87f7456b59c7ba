import { afterEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { publicRoute } from "@/lib/api-v1/route-wrappers";

afterEach(() => void vi.restoreAllMocks());

async function fail(error: unknown) {
  const response = await publicRoute(() => Promise.reject(error))(
    new Request("https://app.test/api/v1/outputs/1/0/a.png?expires=1&signature=planted-signature"),
    undefined,
  );
  return { response, body: await response.text() };
}

test("an unexpected error is logged without the signature in the URL, and its details are not sent", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { response, body } = await fail(new Error("a secret detail"));
  expect([response.status, body]).toEqual([500, expect.not.stringContaining("secret")]);
  const logged = written.mock.calls.join();
  expect(logged).toContain("/api/v1/outputs/1/0/a.png");
  expect(logged).not.toContain("planted-signature");
});

test.each([
  ["unauthenticated", 401, '{"title":"Unauthenticated","detail":"x","status":401}'],
  ["budget_exceeded", 402, '{"title":"Insufficient credit","detail":"x","status":402}'],
  ["not_found", 404, '{"detail":"The requested resource could not be found.","status":404}'],
  ["invalid_input", 422, '{"detail":"x","status":422,"title":"Input validation failed"}'],
  ["model_not_allowed", 422, '{"title":"Invalid version or not permitted","detail":"x","status":422}'],
  ["rate_limited", 429, '{"detail":"x","status":429,"retry_after":7}'],
] as const)("%s is told as Replicate tells it", async (code, status, expected) => {
  const { response, body } = await fail(new AppError(code, "x", { retryAfter: 7 }));
  expect([response.status, body]).toEqual([status, expected]);
  expect(response.headers.get("retry-after")).toBe(status === 429 ? "7" : null);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
});
