import type { Usage } from "./schema";

/** A limit counts as almost reached when at most this share of it is left. */
const NEAR = 0.1;

/**
 * Returns one sentence for each limit that is almost reached: today's budget, and the storage. Empty if neither is almost
 * reached.
 */
export function nearLimits({ usd, stored_bytes: bytes }: Pick<Usage, "usd" | "stored_bytes">): string[] {
  return [...(isNear(usd) ? [describeMoney(usd)] : []), ...(isNear(bytes) ? [describeStorage(bytes)] : [])];
}

function isNear({ limit, left }: Usage["usd"]): boolean {
  return left <= limit * NEAR;
}

function describeMoney({ limit, left }: Usage["usd"]): string {
  const budget = `budget of $${limit.toFixed(2)}`;
  return left < 0.01
    ? `Today's ${budget} is used up.`
    : `Only $${roundDown(left).toFixed(2)} of today's ${budget} is left.`;
}

function describeStorage({ limit, left }: Usage["stored_bytes"]): string {
  if (left === 0) return "Your storage is full. Delete something in the gallery to make room.";
  return `Only ${roundDown(left / 1e9)} GB of your ${limit / 1e9} GB of storage is left.`;
}

/** Rounds down to two decimals, so that users never see more than is left. */
function roundDown(amount: number): number {
  return Math.floor(amount * 100) / 100;
}
