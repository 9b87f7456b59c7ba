import { describe, expect, test } from "vitest";
import { cursorOf, cursorTime, afterCursorFilter, pageOf } from "@/lib/cursor";

const rows = [1, 2, 3].map((n) => ({
  id: `0195f2a8-0000-7000-8000-00000000000${n}`,
  created_at: `2026-11-21T14:32:0${n}.500Z`,
}));
const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]];
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a cursor", () => {
  test("selects older rows, and rows of the same time with a smaller id", () => {
    expect(afterCursorFilter(cursorOf(first))).toBe(
      `created_at.lt."${first.created_at}",and(created_at.eq."${first.created_at}",id.lt.${first.id})`,
    );
  });

  test("has the time where the index scan starts", () => {
    expect(cursorTime(cursorOf(first))).toBe(first.created_at);
  });

  test("needs no encoding in a URL", () => {
    expect(encodeURIComponent(cursorOf(first))).toBe(cursorOf(first));
  });

  test.each([
    "",
    "abc",
    "%",
    encode(null),
    encode({}),
    encode([first.created_at]),
    encode([first.created_at, first.id, 1]),
    encode([first.created_at, "1"]),
    encode(["yesterday", first.id]),
    encode(['2026-11-21T14:32:07Z",user_id.neq."', first.id]),
    encode(["2026-11-21T14:32:07Z\n", first.id]),
    encode([first.created_at, `${first.id}),or(user_id.neq.${first.id}`]),
  ])("is null when it is invalid: %s", (cursor) => {
    expect([afterCursorFilter(cursor), cursorTime(cursor)]).toEqual([null, null]);
  });
});

describe("a page", () => {
  test("with more rows than its limit has a cursor at its last row", () => {
    expect(pageOf(rows, 2)).toEqual({ rows: [first, second], next: cursorOf(second) });
  });

  test.each([3, 4])("with all rows, at a limit of %i, is the last", (limit) => {
    expect(pageOf(rows, limit)).toEqual({ rows, next: null });
  });

  test("without rows is empty", () => {
    expect(pageOf([], 40)).toEqual({ rows: [], next: null });
  });
});
