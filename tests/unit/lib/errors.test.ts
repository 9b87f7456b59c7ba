import { expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "@/lib/errors";

test.each<[number, ErrorCode[]]>([
  [400, ["invalid_json", "invalid_body", "invalid_key", "invalid_query"]],
  [401, ["unauthenticated", "invalid_signature", "timestamp_out_of_range"]],
  [403, ["forbidden_origin", "sign_in_again"]],
  [404, ["not_found"]],
  [405, ["method_not_allowed"]],
  [413, ["payload_too_large"]],
  [415, ["unsupported_media_type"]],
  [422, ["invalid_input", "unknown_model", "model_not_allowed", "idempotency_mismatch"]],
  [429, ["quota_exceeded", "in_flight_limit", "rate_limited"]],
  [500, ["internal"]],
  [503, ["provider_unavailable", "db_unavailable", "spend_cap"]],
])("status %i belongs to %j", (status, codes) => {
  expect(codes.map((code) => new AppError(code, "").status)).toEqual(codes.map(() => status));
});

test("private details of an error are in its cause", () => {
  const cause = new Error("private");
  const error = new AppError("internal", "Safe.", { cause, retryAfter: 3 });
  expect(error).toMatchObject({ name: "AppError", message: "Safe.", cause, retryAfter: 3 });
  expect(error.invalidFields).toBeUndefined();
});

test("an error of another bundle, which has its own copy of the class, is one too", async () => {
  vi.resetModules();
  const copy = await import("@/lib/errors");
  expect(copy.AppError).not.toBe(AppError);
  expect(new copy.AppError("db_unavailable", "") instanceof AppError).toBe(true);
  expect([new Error(""), { name: "AppError" }, null].map((value) => value instanceof AppError)).toEqual(
    Array(3).fill(false),
  );
});
