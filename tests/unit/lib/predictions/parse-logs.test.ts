import { describe, expect, test } from "vitest";
import { parseProgress, parseSeed } from "@/lib/predictions/parse-logs";

const SDXL = `Using seed: 27934
Prompt: Intense close-up of a fox
txt2img mode
  0%|          | 0/16 [00:00<?, ?it/s]
  6%|▋         | 1/16 [00:00<00:02,  5.09it/s]
 50%|█████     | 8/16 [00:01<00:01,  5.15it/s]
`;

describe("progress from the model's log", () => {
  test.each([
    ["the last bar counts", SDXL, 0.5],
    ["the first step", "  0%|          | 0/16 [00:00<?, ?it/s]", 0],
    ["the last step", "100%|██████████| 16/16 [00:03<00:00,  5.03it/s]", 1],
    ["partial blocks", " 31%|███▏      | 5/16 [00:00<00:02]", 0.31],
    ["a bar with a name in front", "Loading pipeline: 50%|█████     | 3/6", 0.5],
    ["a bar in plain letters", " 40%|####      | 4/10 [00:01<00:01]", 0.4],
    ["bars on one line, as a terminal would overwrite them", " 10%|█         | 1/10\r 20%|██        | 2/10", 0.2],
    ["bars with Windows line ends", " 10%|█         | 1/10\r\n 30%|███       | 3/10\r\n", 0.3],
    ["a second bar, of a refiner, starts again", "100%|██████████| 16/16\nrefine\n 25%|██▌       | 1/4", 0.25],
    ["sizes with units", " 75%|███████▌  | 1.2G/1.6G [00:01<00:00]", 0.75],
    ["no bar", "Using seed: 1\nrunning quantized prediction", null],
    ["nothing", "", null],
    ["a percentage in a prompt", "Prompt: a chart, 99%| of it red |", null],
    ["more than everything", "250%|██████████| 5/2", null],
    ["a number before the percent sign is not cut in two", "1050%|█████     | 5/10", null],
    ["a bar without a total and no hint", "3it [00:00,  8.51it/s]", null],
  ])("%s", (_what, logs, progress) => {
    expect(parseProgress(logs)).toBe(progress);
  });

  test.each([
    ["0it [00:00, ?it/s]\n1it [00:00,  8.51it/s]", 4, 0.25],
    ["9it [00:00,  8.51it/s]", 4, 1],
    ["1it [00:00]\n 75%|███████▌  | 3/4", 4, 0.75],
    [" 75%|███████▌  | 3/4\n1it [00:00]", 4, 0.25],
    ["nothing counted", 4, null],
    ["1it [00:00]", 0, null],
  ])("bars that only count are read with the number of steps: %j of %d", (logs, total, progress) => {
    expect(parseProgress(logs, total)).toBe(progress);
  });

  test("only the end of a long log is read, and quickly", () => {
    const early = ` 90%|█████████ | 9/10\n${"x".repeat(20_000)}`;
    expect(parseProgress(early)).toBeNull();
    const hostile = "9".repeat(8_000) + "%|" + "█".repeat(8_000);
    const before = performance.now();
    expect(parseProgress(hostile.repeat(100))).toBeNull();
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe("the seed in the log", () => {
  test.each([
    [SDXL, 27934],
    ["Using seed: 62182\nrunning quantized prediction\nUsing seed: 62182\n", 62182],
    ["Using seed: 12\r\nPrompt: x", 12],
    ["Using seed: 12\nPrompt: x\nUsing seed: 99\n", 12],
    ["loading\nUsing seed: 0\n", 0],
    ["Prompt: Using seed: 99", null],
    ["Using seed: 99999999999999999999", null],
    ["Using seed: none", null],
    ["", null],
  ])("%j", (logs, seed) => {
    expect(parseSeed(logs)).toBe(seed);
  });
});
