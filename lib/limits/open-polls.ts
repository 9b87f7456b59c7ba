import "server-only";
import { processState } from "@/lib/process-state";

const { openPolls } = processState;
/** A page holds one poll open. A script that waits for each of its predictions may hold twenty. */
const MAX_PER_USER = 100;

/**
 * Registers an open long poll of a user in this process. Returns a function that removes it again. One poll too many ends
 * the user's oldest: its client may be gone, while the newest one is still waited for.
 */
export function registerPoll(userId: string, end: () => void): () => void {
  const polls = openPolls.get(userId) ?? new Set();
  openPolls.set(userId, polls.add(end));
  const [oldest] = polls;
  if (polls.size > MAX_PER_USER && oldest) {
    polls.delete(oldest);
    oldest();
  }
  return () => {
    polls.delete(end);
    if (polls.size === 0 && openPolls.get(userId) === polls) openPolls.delete(userId);
  };
}
