import { expect, test } from "vitest";
import { seedIn, withoutSeeds } from "@/lib/models/inputs/seeds";

test.each([
  [{ seed: 7 }, 7],
  [{ noise_seed: 0 }, 0],
  [{ seed: -1, random_seed: 9 }, 9],
  [{ seed: "7" }, null],
  [{ seed: 1.5 }, null],
  [{ seeds: 7, seed_image_id: 3 }, null],
])("the seed of %j is %j", (input, seed) => {
  expect(seedIn(input)).toBe(seed);
});

test("an input without its seeds keeps everything else", () => {
  expect(withoutSeeds({ prompt: "a fox", seed: 7, noise_seed: 8, seeds: [1] })).toEqual({
    prompt: "a fox",
    seeds: [1],
  });
});
