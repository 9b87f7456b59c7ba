import { describe, expect, test } from "vitest";
import { cursorOf, pageOf, parseCursor, selectPage } from "@/lib/cursor";

const rows = [1, 2, 3].map((n) => ({
  id: `0195f2a8-0000-7000-8000-00000000000${n}`,
  created_at: `2026-11-21T14:32:0${n}.500Z`,
}));
const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]];
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Returns a query, and a list of the conditions and orders that are added to it. */
function recordQuery() {
  const calls: unknown[][] = [];
  const query = {
    gte: (...call: unknown[]) => record("gte", call),
    lt: (...call: unknown[]) => record("lt", call),
    lte: (...call: unknown[]) => record("lte", call),
    or: (...call: unknown[]) => record("or", call),
    order: (...call: unknown[]) => record("order", call),
    limit: (...call: unknown[]) => record("limit", call),
  };
  function record(name: string, call: unknown[]): typeof query {
    calls.push([name, ...call]);
    return query;
  }
  return { query, calls };
}

describe("a cursor", () => {
  test("selects older rows, and rows of the same time with a smaller id, from the time where the index scan starts", () => {
    const { query, calls } = recordQuery();
    selectPage(query, { cursor: cursorOf(first), from: undefined, to: undefined, limit: 2 });
    const time = first.created_at;
    expect(calls).toEqual([
      ["or", `created_at.lt."${time}",and(created_at.eq."${time}",id.lt.${first.id})`],
      ["lte", "created_at", time],
      ["order", "created_at", { ascending: false }],
      ["order", "id", { ascending: false }],
      ["limit", 3],
    ]);
  });

  test("has the time and the id of its row", () => {
    expect(parseCursor(cursorOf(first))).toEqual([first.created_at, first.id]);
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
    expect(parseCursor(cursor)).toBeNull();
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
