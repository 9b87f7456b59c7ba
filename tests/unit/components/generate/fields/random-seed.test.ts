import { expect, test, vi } from "vitest";
import { randomSeed } from "@/components/generate/fields/seed-tools";

test.each([
  [{}, 0, 2 ** 31 - 1],
  [{ min: 0, max: 65_535 }, 0, 65_535],
  [{ min: -1, max: 9 }, 0, 9],
  [{ min: 1000 }, 1000, 2 ** 31 - 1],
  [{ max: 4_294_967_295 }, 0, 2 ** 31 - 1],
  [{ min: 3_000_000_000, max: 4_000_000_000 }, 3_000_000_000, 3_000_000_000],
  [{ min: -9, max: -3 }, -3, -3],
  [{ min: 7, max: 7 }, 7, 7],
])("with the bounds %j, a seed is at least %i and at most %i", (bounds, lowest, highest) => {
  const random = vi.spyOn(Math, "random");
  random.mockReturnValue(0);
  expect(randomSeed(bounds)).toBe(lowest);
  random.mockReturnValue(1 - Number.EPSILON);
  expect(randomSeed(bounds)).toBe(highest);
  random.mockRestore();
});
