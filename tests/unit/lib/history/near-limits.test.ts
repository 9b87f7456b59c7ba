import { expect, test } from "vitest";
import { nearLimits } from "@/lib/history/near-limits";

const plenty = { usd: { limit: 5, used: 1, left: 4 }, stored_bytes: { limit: 5e9, used: 0, left: 5e9 } };

test.each([
  [{}, []],
  [{ usd: { limit: 5, used: 4.49, left: 0.51 } }, []],
  [{ usd: { limit: 5, used: 4.504, left: 0.496 } }, ["Only $0.49 of today's budget of $5.00 is left."]],
  // This user has spent nothing, but all users together have spent almost the whole daily budget of the installation.
  [{ usd: { limit: 5, used: 0, left: 0.004 } }, ["Today's budget of $5.00 is used up."]],
  [{ stored_bytes: { limit: 5e9, used: 4.6e9, left: 0.4e9 } }, ["Only 0.4 GB of your 5 GB of storage is left."]],
  [
    { stored_bytes: { limit: 5e8, used: 6e8, left: 0 } },
    ["Your storage is full. Delete something in the gallery to make room."],
  ],
])("%j", (changes, sentences) => {
  expect(nearLimits({ ...plenty, ...changes })).toEqual(sentences);
});
