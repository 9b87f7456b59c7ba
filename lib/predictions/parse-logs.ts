/** Only this many characters at the end of a log are searched for a progress bar. */
const PROGRESS_TAIL = 16_384;
/**
 * Matches a progress bar of tqdm, such as ` 50%|█████ |`. Between the two `|`, only characters that tqdm draws are accepted, so
 * that no prompt in the log matches.
 */
const BAR = /(?<![\d.])(\d{1,3})%\|[ #\d▏▎▍▌▋▊▉█]*\|/g;
const COUNT = /(?<![\d.])(\d+)it \[/g;

/**
 * Returns the progress (0 to 1) of the last tqdm bar in a log, or null. Some bars count steps but show no total: for them,
 * `totalSteps` is the total. A model may show several bars one after another, so the progress can decrease. The progress in the
 * row never decreases.
 */
export function parseProgress(logs: string, totalSteps?: number): number | null {
  const tail = logs.slice(-PROGRESS_TAIL);
  const bar = findLastNumber(tail, BAR, 100);
  const count = totalSteps ? findLastNumber(tail, COUNT, Infinity) : null;
  if (count && totalSteps && (!bar || count.at > bar.at)) return Math.min(1, count.value / totalSteps);
  return bar && bar.value / 100;
}

/**
 * Returns the random seed in a log, or null. Reads only the first line with a seed, because a later line may be part of a prompt.
 */
export function parseSeed(logs: string): number | null {
  const seed = Number(/^Using seed: (\d+)\s*$/m.exec(logs)?.[1] ?? NaN);
  return Number.isSafeInteger(seed) ? seed : null;
}

function findLastNumber(text: string, pattern: RegExp, max: number) {
  let last: { value: number; at: number } | null = null;
  for (const match of text.matchAll(pattern)) {
    const value = Number(match[1]);
    if (value <= max) last = { value, at: match.index };
  }
  return last;
}
