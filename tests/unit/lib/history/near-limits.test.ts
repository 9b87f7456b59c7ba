import { expect, test } from "vitest";
import { nearLimits } from "@/lib/history/near-limits";

const plenty = { usd: { limit: 5, used: 1, left: 4 }, stored_bytes: { limit: 5e9, used: 0, left: 5e9 } };

test.each([
  [{}, []],
  [{ usd: { limit: 5, used: 4.49, left: 0.51 } }, []],
  [{ usd: { limit: 5, used: 4.504, left: 0.496 } }, ["Only $0.49 left of today's $5.00."]],
  // All users together have used the rest.
  [{ usd: { limit: 5, used: 0, left: 0.004 } }, ["Nothing left of today's $5.00."]],
  [{ stored_bytes: { limit: 5e9, used: 4.6e9, left: 0.4e9 } }, ["Only 0.4 GB left of your 5 GB of storage."]],
  [{ stored_bytes: { limit: 5e8, used: 6e8, left: 0 } }, ["Your storage is full. Delete something in the gallery."]],
])("%j", (changes, sentences) => {
  expect(nearLimits({ ...plenty, ...changes })).toEqual(sentences);
});
