import { expect, test } from "vitest";
import { progressBar, progressLines } from "../../../../../sandbox/replicate/predictions/runners/progress-bar.ts";

test("bars look like those of tqdm", () => {
  expect(progressBar(0, 16, 196)).toBe("  0%|          | 0/16 [00:00<?, ?it/s]");
  expect(progressBar(1, 16, 196.4)).toBe("  6%|▋         | 1/16 [00:00<00:02,  5.09it/s]");
  expect(progressBar(8, 16, 194)).toBe(" 50%|█████     | 8/16 [00:01<00:01,  5.15it/s]");
  expect(progressBar(16, 16, 193.4)).toBe("100%|██████████| 16/16 [00:03<00:00,  5.17it/s]");
});

test("a bar has a line for every step, and one more at the end", () => {
  expect(progressLines(4, 100).map(({ at }) => at)).toEqual([0, 100, 200, 300, 400, 400]);
});
