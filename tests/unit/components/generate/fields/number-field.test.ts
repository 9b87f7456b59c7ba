import { expect, test } from "vitest";
import { sliderRange } from "@/components/generate/fields/number-field";

test.each([
  { of: "steps", range: [1, 500, true], slider: { min: 1, max: 150, step: 1 } },
  { of: "a side", range: [256, 2048, true], slider: { min: 256, max: 2048, step: 8 } },
  { of: "a small side", range: [64, 128, true], slider: { min: 64, max: 128, step: 1 } },
  { of: "a strength", range: [0, 1, false], slider: { min: 0, max: 1, step: 0.01 } },
  { of: "guidance", range: [0, 50, false], slider: { min: 0, max: 50, step: 0.1 } },
] as const)("the slider of $of has values that the pointer can choose", ({ range: [min, max, isWhole], slider }) => {
  expect(sliderRange(min, max, isWhole)).toEqual(slider);
});
