import { expect, test } from "vitest";
import { Timestamp } from "@/lib/supabase/timestamp";

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
