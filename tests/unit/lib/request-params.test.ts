import { describe, expect, test } from "vitest";
import { cursorOf } from "@/lib/cursor";
import {
  formOf,
  notFound,
  pageCursor,
  pageLimit,
  parseIdempotencyKey,
  requireId,
  requireIds,
  parseUndoSeconds,
  waitSeconds,
} from "@/lib/request-params";

const ID = "0195f2a8-0000-7000-8000-000000000001";
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const request = (headers: Record<string, string> = {}) => new Request("http://localhost/", { headers });

describe("the seconds to wait", () => {
  test.each([
    ["wait", 60],
    ["wait=25", 25],
    ["Wait=25", 25],
    ["wait=1", 1],
    ["wait=60", 60],
    ["wait=61", 60],
    ["wait=99999999", 60],
    ["wait=0", 1],
    ["respond-async, wait=10", 10],
    ["respond-async; wait=10", 10],
    ["wait=10, respond-async", 10],
  ])("Prefer: %s is %i", (prefer, seconds) => {
    expect(waitSeconds(request({ prefer }))).toBe(seconds);
  });

  test.each([
    "",
    "respond-async",
    "wait=",
    "wait=-5",
    "wait=1.5",
    "wait=ten",
    "waiting",
    "await=5",
    "no-wait",
    "wait=5s",
  ])("Prefer: %j is 0", (prefer) => {
    expect(waitSeconds(request({ prefer }))).toBe(0);
  });

  test("are 0 without the header", () => {
    expect(waitSeconds(request())).toBe(0);
  });
});

describe("an idempotency key", () => {
  test.each(["a", ID, "!~", "x".repeat(200)])("%s is accepted", (key) => {
    expect(parseIdempotencyKey(key)).toBe(key);
  });

  test("is a new one each time when it is missing", () => {
    const keys = [parseIdempotencyKey(null), parseIdempotencyKey(null)];
    expect(keys).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(keys).size).toBe(2);
  });

  test.each(["", "a b", "a\tb", "clé", "x".repeat(201), "x".repeat(10_240)])("%j is refused", (key) => {
    const refused = () => parseIdempotencyKey(key);
    expect(refused).toThrow(expect.objectContaining({ code: "invalid_key", status: 400 }));
  });
});

describe("the id in a path", () => {
  const ask = (id: string) => requireId({ params: Promise.resolve({ id }) });

  test("is a UUID in lower case", async () => {
    expect(await ask(ID.toUpperCase())).toBe(ID);
  });

  test.each([
    "",
    "1",
    "..",
    "../account",
    `${ID}/..`,
    ` ${ID}`,
    `${ID}\n`,
    `{${ID}}`,
    ID.replaceAll("-", ""),
    "rrr4z5ztdnrm80crkw0s5e2p2w",
  ])("%j is not found", async (id) => {
    await expect(ask(id)).rejects.toMatchObject({ code: "not_found", status: 404 });
  });

  test("has the same error whether it is malformed or unknown", async () => {
    const malformed: unknown = await ask("1").catch((error: unknown) => error);
    expect(notFound).toThrow(malformed as Error);
  });
});

describe("a page of a list", () => {
  const query = (text: string) => new URLSearchParams(text);
  const cursor = cursorOf({ created_at: "2026-11-21T14:32:07.500Z", id: ID });
  const invalid: unknown = expect.objectContaining({ code: "invalid_query", status: 400 });

  test("has as many items as the query says, or else the fallback", () => {
    expect([pageLimit(query("limit=1"), 30), pageLimit(query("limit=100"), 30), pageLimit(query(""), 30)]).toEqual([
      1, 100, 30,
    ]);
  });

  test.each(["abc", "", "0", "101", "-1", "1.5", "1e1", "0x10", "1e3", "NaN"])("limit=%s is refused", (limit) => {
    expect(() => pageLimit(query(`limit=${limit}`), 30)).toThrow(invalid as Error);
  });

  test("starts at the cursor, or at the top", () => {
    expect(pageCursor(query(`cursor=${cursor}`))).toBe(cursor);
    expect(pageCursor(query(""))).toBeUndefined();
  });

  test.each(["", "abc", "null", ID, cursor.slice(1), "%00"])("cursor=%s is refused", (given) => {
    expect(() => pageCursor(query(`cursor=${given}`))).toThrow(invalid as Error);
  });
});

test.each(["", "?ids=", "?ids=1", `?ids=${ID},`, `?ids=${Array(101).fill(ID).join(",")}`])("%s has no ids", (query) => {
  expect(() => requireIds(new Request(`http://localhost/${query}`))).toThrow(
    'The parameter "ids" must contain 1 to 100 ids',
  );
});

test.each(["abc", "0", "301", ""])("undo=%s is refused", (undo) => {
  expect(() => parseUndoSeconds(new Request(`http://localhost/?undo=${undo}`))).toThrow("from 1 to 300");
});

test("an action that is called without a form has an empty one", () => {
  expect([...formOf("x").keys()]).toEqual([]);
});
