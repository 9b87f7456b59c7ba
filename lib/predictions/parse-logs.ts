/** How far from the end of a log to look for the last progress bar (characters). */
const PROGRESS_TAIL = 16_384;
/** A tqdm bar: ` 50%|█████     |`. Accepts only drawing characters, so that a prompt in the log does not match. */
const BAR = /(?<![\d.])(\d{1,3})%\|[ #\d▏▎▍▌▋▊▉█]*\|/g;
const COUNT = /(?<![\d.])(\d+)it \[/g;

/**
 * Returns the progress (0 to 1) of the last tqdm bar in a log, or null. `totalSteps` is for bars without a total. A model may
 * show several bars, so progress can decrease; in the row it cannot.
 */
export function parseProgress(logs: string, totalSteps?: number): number | null {
  const tail = logs.slice(-PROGRESS_TAIL);
  const bar = findLastNumber(tail, BAR, 100);
  const count = totalSteps ? findLastNumber(tail, COUNT, Infinity) : null;
  if (count && totalSteps && (!bar || count.at > bar.at)) return Math.min(1, count.value / totalSteps);
  return bar && bar.value / 100;
}

/** Returns the random seed in a log. The first such line counts, because a prompt later in the log may contain another one. */
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
