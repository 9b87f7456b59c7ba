import { expect, test } from "vitest";
import { generateKey, hashKey, isWellFormedKey, startOfKey } from "@/lib/keys/format";

const key = generateKey();

test("a key has a prefix, 32 random bytes and a checksum, as letters and digits", () => {
  const keys = Array.from({ length: 1000 }, generateKey);
  for (const one of keys) expect(one).toMatch(/^dr_[0-9A-Za-z]{49}$/);
  expect(new Set(keys).size).toBe(1000);
  // Three random digits have 62³ = 238,328 possible values, so only few of 1000 keys have the same three digits.
  expect(new Set(keys.map((one) => one.slice(4, 7))).size).toBeGreaterThan(950);
  expect(keys.filter((one) => !isWellFormedKey(one))).toEqual([]);
});

test("a key with any one character changed, left out or doubled is not well-formed", () => {
  const typos = Array.from(key, (character, at) => [
    key.slice(0, at) + (character === "x" ? "y" : "x") + key.slice(at + 1),
    key.slice(0, at) + key.slice(at + 1),
    key.slice(0, at) + character + key.slice(at),
  ]).flat();
  expect(typos.filter(isWellFormedKey)).toEqual([]);
});

test.each([
  "",
  "dr_",
  `dr_${"A".repeat(49)}`,
  "dr_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx000000",
  `${key} `,
  `${key}\n`,
  ` ${key}`,
  key.replace("dr_", "r8_"),
  key.replace("dr_", "DR_"),
])("%j is not well-formed", (text) => {
  expect(isWellFormedKey(text)).toBe(false);
});

test("only the first four characters after the prefix are shown later", () => {
  expect(startOfKey(key)).toBe(key.slice(0, 7));
});

test("the hash is the SHA-256 of the whole key", () => {
  expect(hashKey("dr_a")).toBe("85c6d0134c35a915364bbfaf52d64424c381dfcc067bf7e253aa2764ce06d8ef");
});
