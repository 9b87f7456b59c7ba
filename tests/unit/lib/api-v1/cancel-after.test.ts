import { expect, test } from "vitest";
import { cancelAfter } from "@/lib/api-v1/predictions/cancel-after";

const ask = (value?: string) =>
  cancelAfter(new Request("https://app.test", { headers: value === undefined ? {} : { "cancel-after": value } }));

test.each([
  [undefined, null],
  ["5", 5],
  ["90s", 90],
  ["5m", 300],
  ["1h30m45s", 5_445],
  ["24h", 86_400],
])("Cancel-After: %s means %s seconds", (value, seconds) => {
  expect(ask(value)).toBe(seconds);
});

test.each(["4", "4s", "24h1s", "86401", "0", "-5", "5 m", "30s5m", "m", "1.5m", "5x"])(
  "Cancel-After: %s is refused",
  (value) => {
    expect(() => ask(value)).toThrow("must be a duration between 5s and 24h");
  },
);
