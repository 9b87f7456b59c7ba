import { afterEach, beforeAll, expect, test } from "vitest";
import { bench, endFailures, numbers, report, size } from "./support/bench";
import { check } from "./support/checker";
import { killWhileSaving } from "./support/kill-while-saving";
import { KIND_NAMES, requestOf } from "./support/kinds";
import { buildWorker } from "./support/start-sweep-worker";

const KILLS = size(6, 200);
const WORDS = "R1 killed while copying";

beforeAll(buildWorker);
afterEach(endFailures);

test(
  `with two workers and ${KILLS} kills at random moments, every result is saved once and completely`,
  { timeout: 900_000 },
  async () => {
    const rows = await killWhileSaving({
      words: WORDS,
      kills: KILLS,
      requests: (prompt) =>
        numbers(size(8, 12)).map((index) => {
          const kind = KIND_NAMES[index % KIND_NAMES.length] ?? "image";
          return requestOf(kind, `${prompt}${index},`, 4);
        }),
      // This is a little less than the time to save four small files, which is about half a second.
      longest: 400,
    });
    const { problems, counts, files, predictions } = await check(bench, WORDS);
    report(
      "R1",
      `${KILLS} kills while copying ${files} files of ${predictions} predictions of every kind: lost ${counts.lost}, ` +
        `doubled ${counts.doubled}, orphan objects ${counts.orphan}, corrupt ${counts.corrupt}`,
    );
    expect(problems).toEqual([]);
    expect(rows.filter(({ saved }) => !saved)).toEqual([]);
  },
);
