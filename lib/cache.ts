import { countLookUp } from "@/lib/limits/look-ups";

/** Answers kept by one function. */
const MOST = 200;

/**
 * The same function, with each answer given again to everybody for `ms`. Many who ask at the same time are one question,
 * which counts for whoever asked it first; for nobody where it is the app's own (null). What failed is asked anew.
 */
export function remember<Args extends (string | null)[], Answer>(ms: number, load: (...args: Args) => Promise<Answer>) {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>();
  return async (userId: string | null, ...args: Args): Promise<Answer> => {
    const key = JSON.stringify(args);
    const kept = known.get(key);
    if (kept && kept.until > Date.now()) return kept.answer;
    if (userId !== null) countLookUp(userId);
    const answer = load(...args);
    if (known.size >= MOST) known.clear();
    known.set(key, { answer, until: Date.now() + ms });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
