import { beforeEach, expect, test, vi } from "vitest";
import { countGuess, countMail, countRefusedKey, returnGuess, returnMail } from "@/lib/limits/sign-in-limits";
import { stubSettings } from "../stub-settings";

/** How often each rate limit was used, by its name. In this fake, the numbers do not fall with time. */
const uses = vi.hoisted(() => new Map<string, number>());
vi.mock("@/lib/limits/request-limits", () => ({
  consumeRateLimit: async (name: string, limit: number) => {
    const used = uses.get(name) ?? 0;
    if (used >= limit) return 60;
    uses.set(name, used + 1);
    return 0;
  },
  returnRateLimit: async (name: string) => void uses.set(name, (uses.get(name) ?? 0) - 1),
}));

beforeEach(() => {
  stubSettings();
  uses.clear();
});

const email = "fox@darkroom.test";
const from = (address: string) => new Headers({ "x-forwarded-for": address });
const isAllowed = (kind: Parameters<typeof countGuess>[0], address: string) =>
  countGuess(kind, email, from(address)).then(
    () => true,
    (error: { code?: string }) => {
      expect(error).toMatchObject({ code: "rate_limited", retryAfter: 60 });
      return false;
    },
  );

test.each([
  ["password", 10, 60],
  ["code", 6, 20],
  ["factor", 6, 20],
] as const)("one network can guess a %s %i times, and all networks together %i times", async (kind, own, all) => {
  let allowed = 0;
  for (let n = 0; n < 50; n++) if (await isAllowed(kind, "198.51.100.1")) allowed++;
  expect(allowed).toBe(own);
  expect(await isAllowed(kind, "203.0.113.7")).toBe(true);
  for (let n = 0; n < 1_000; n++) if (await isAllowed(kind, `2001:db8:0:${n.toString(16)}::1`)) allowed++;
  expect(allowed + 1).toBe(all);
  expect(await isAllowed(kind, "203.0.113.7")).toBe(false);
  await expect(countGuess(kind, "owl@darkroom.test", from("198.51.100.1"))).resolves.toBeUndefined();
});

test("keys that do not work are counted for each address, apart from the attempts to sign in", async () => {
  const refuse = (address: string) => countRefusedKey(from(address));
  for (let n = 0; n < 30; n++) await refuse("198.51.100.1");
  await expect(refuse("198.51.100.1")).rejects.toMatchObject({ code: "rate_limited", retryAfter: 60 });
  await expect(refuse("203.0.113.7")).resolves.toBeUndefined();
  expect([...uses.keys()].filter((name) => name.startsWith("login "))).toEqual([]);
});

test("a guess that was taken back does not count", async () => {
  for (let n = 0; n < 100; n++) {
    await countGuess("password", email, from("198.51.100.1"));
    await returnGuess("password", email, from("198.51.100.1"));
  }
  expect([...uses.values()]).toEqual([0, 0]);
});

test("e-mails of one kind do not use up those of another, also for the pause between them", async () => {
  expect(await countMail("sign-up", email)).toBe(0);
  expect(await countMail("sign-up", email)).toBe(60);
  expect(await countMail("sign-in", email)).toBe(0);
  expect(await countMail("change", email)).toBe(0);
  expect(await countMail("sign-in", "FOX@darkroom.test")).toBe(60);
});

test("an e-mail that was taken back does not count", async () => {
  for (let n = 0; n < 10; n++) {
    expect(await countMail("sign-in", email)).toBe(0);
    await returnMail("sign-in", email);
  }
  expect([...uses.values()]).toEqual([0, 0]);
});
