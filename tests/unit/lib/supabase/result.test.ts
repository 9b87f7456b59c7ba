import { expect, test } from "vitest";
import { AppError, type ErrorCode } from "@/lib/errors";
import { Timestamp, unwrap } from "@/lib/supabase/result";

function fault(code: string | undefined, message = "details") {
  try {
    unwrap({ data: null, error: { message, ...(code !== undefined && { code }) } });
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("There was no AppError.");
}

const gone = 'insert or update on table "predictions" violates foreign key constraint "predictions_user_id_fkey"';

test("a result without an error is its data, which may be null", () => {
  expect(unwrap({ data: [1], error: null })).toEqual([1]);
  expect(unwrap({ data: null, error: null })).toBeNull();
});

test.each<[string, string | undefined, string, ErrorCode]>([
  ["no answer", undefined, "fetch failed", "db_unavailable"],
  ["an empty code", "", "fetch failed", "db_unavailable"],
  ["a connection that was refused", "08006", "refused", "db_unavailable"],
  ["a server that shuts down", "57P01", "shutting down", "db_unavailable"],
  ["a database without room", "53100", "could not extend file", "storage_full"],
  ["a read-only database", "25006", "cannot execute INSERT in a read-only transaction", "storage_full"],
  ["a session that has expired", "PGRST303", "JWT expired", "unauthenticated"],
  ["a wrong key of the server", "PGRST301", "JWT invalid", "db_unavailable"],
  ["a deleted account", "23503", gone, "unauthenticated"],
  ["another deleted row", "23503", '"sdxl_images_prediction_id_fkey"', "db_unavailable"],
  ["invalid Unicode", "22021", 'invalid byte sequence for encoding "UTF8": 0x00', "invalid_input"],
  ["a character that JSON may not hold", "22P05", "unsupported Unicode escape sequence", "invalid_input"],
  ["a number beyond its column", "22003", "out of range", "invalid_input"],
  ["an invalid time", "22007", "invalid input syntax", "invalid_input"],
])("%s has its own code", (_, code, message, expected) => {
  expect(fault(code, message).code).toBe(expected);
});

test("the database's own message stays private", () => {
  const error = fault("22021", "secret words");
  expect(error.message).not.toContain("secret");
  expect(error.cause).toMatchObject({ message: "secret words" });
});

test.each([
  ["2026-11-21T14:32:07.5+00:00", "2026-11-21T14:32:07.500Z"],
  ["2026-11-21 14:32:07.5+00", "2026-11-21T14:32:07.500Z"],
  ["2026-11-21 14:32:07+00", "2026-11-21T14:32:07.000Z"],
  ["2026-11-21 16:32:07+02", "2026-11-21T14:32:07.000Z"],
  ["2026-11-21 20:02:07+05:30", "2026-11-21T14:32:07.000Z"],
  ["2026-11-21T14:32:07.123456Z", "2026-11-21T14:32:07.123Z"],
])("%s is %s", (text, iso) => {
  expect(Timestamp.parse(text)).toBe(iso);
});

test.each(["", "infinity", "yesterday", "2026-13-41 00:00:00+00", null, 1763735527])("%j is not a time", (value) => {
  expect(Timestamp.safeParse(value).success).toBe(false);
});
