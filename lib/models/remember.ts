/** Answers kept by one function. */
const MOST = 200;

/**
 * The same function, with each answer given again to everybody for `ms`. Many who ask at the same time are one question.
 * What failed is asked anew.
 */
export function remember<Args extends (string | null)[], Answer>(ms: number, load: (...args: Args) => Promise<Answer>) {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>();
  return (...args: Args): Promise<Answer> => {
    const key = JSON.stringify(args);
    const kept = known.get(key);
    if (kept && kept.until > Date.now()) return kept.answer;
    const answer = load(...args);
    if (known.size >= MOST) known.clear();
    known.set(key, { answer, until: Date.now() + ms });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
