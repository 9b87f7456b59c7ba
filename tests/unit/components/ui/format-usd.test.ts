import { expect, test } from "vitest";
import { formatUsd } from "@/components/ui/format-usd";

test.each([
  [0, "$0.00"],
  [1.2, "$1.20"],
  [0.136, "$0.14"],
  [0.04, "$0.04"],
  [0.039, "$0.039"],
  [0.0063, "$0.0063"],
  [0.012345, "$0.012"],
  [0.000127, "$0.00013"],
  [0.00000005, "less than $0.0001"],
])("%d dollars are written %s", (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});
