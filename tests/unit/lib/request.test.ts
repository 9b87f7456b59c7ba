import { describe, expect, test } from "vitest";
import { parseIdempotencyKey, requireId, notFound, waitSeconds } from "@/lib/params";

const ID = "0195f2a8-0000-7000-8000-000000000001";
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const request = (headers: Record<string, string> = {}) => new Request("http://localhost/", { headers });

describe("the seconds a caller wants to wait", () => {
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
  ])("Prefer: %j asks for none", (prefer) => {
    expect(waitSeconds(request({ prefer }))).toBe(0);
  });

  test("are none without the header", () => {
    expect(waitSeconds(request())).toBe(0);
  });
});

describe("an idempotency key", () => {
  test.each(["a", ID, "!~", "x".repeat(200)])("%s is taken as it is", (key) => {
    expect(parseIdempotencyKey(request({ "idempotency-key": key }))).toBe(key);
  });

  test("that is missing is a new one each time", () => {
    const keys = [parseIdempotencyKey(request()), parseIdempotencyKey(request())];
    expect(keys).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(keys).size).toBe(2);
  });

  test.each(["", "a b", "a\tb", "clé", "x".repeat(201), "x".repeat(10_240)])("%j is refused", (key) => {
    const refused = () => parseIdempotencyKey(request({ "idempotency-key": key }));
    expect(refused).toThrow(expect.objectContaining({ code: "invalid_key", status: 400 }));
  });
});

describe("the id in a path", () => {
  const ask = (id: string) => requireId({ params: Promise.resolve({ id }) });

  test("is a UUID, in small letters", async () => {
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
  ])("%j is found nowhere", async (id) => {
    await expect(ask(id)).rejects.toMatchObject({ code: "not_found", status: 404 });
  });

  test("that is nobody's is said in the same words", async () => {
    const malformed: unknown = await ask("1").catch((error: unknown) => error);
    expect(notFound).toThrow(malformed as Error);
  });
});
