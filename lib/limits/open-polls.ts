import "server-only";

declare global {
  // Each route is bundled apart: they count together.
  var darkroomHeld: Map<string, Set<() => void>> | undefined;
}

/** How each person's open requests are ended, the oldest first. */
const held = (globalThis.darkroomHeld ??= new Map<string, Set<() => void>>());
/** Of one person, in this process. A page holds one; a script that waits for each of its predictions holds twenty. */
const MOST = 100;

/**
 * Notes that a request of this person's is held open, until what is returned is called. One too many calls `end` of the
 * oldest: whoever sent it may long have gone, while somebody looks at what the newest is for.
 */
export function holdPoll(userId: string, end: () => void): () => void {
  const own = held.get(userId) ?? new Set();
  held.set(userId, own.add(end));
  const [oldest] = own;
  if (own.size > MOST && oldest) {
    own.delete(oldest);
    oldest();
  }
  return () => {
    own.delete(end);
    if (own.size === 0 && held.get(userId) === own) held.delete(userId);
  };
}
