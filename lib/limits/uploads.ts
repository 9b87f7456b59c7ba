import "server-only";
import pLimit, { type LimitFunction } from "p-limit";

/** Of one person at one time, in this process. The page sends one after the other. */
const MOST = 4;
const people = new Map<string, { inTurn: LimitFunction; uploads: number }>();

/**
 * Takes one upload of this person's in when its turn comes: each is in memory until it is stored, and several times over.
 * What waits must not have been read yet. One person's wait for nobody else's.
 */
export async function withUploadSlot<Kept>(userId: string, takeIn: () => Promise<Kept>): Promise<Kept> {
  const person = people.get(userId) ?? { inTurn: pLimit(MOST), uploads: 0 };
  people.set(userId, person);
  person.uploads += 1;
  try {
    return await person.inTurn(takeIn);
  } finally {
    person.uploads -= 1;
    if (person.uploads === 0) people.delete(userId);
  }
}
