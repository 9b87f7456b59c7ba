import { expect, test } from "vitest";
import { HistoryFilter } from "@/lib/history/schema";

test("a filter is read from the URL", () => {
  const asked = { status: "failed", model: "stability-ai/sdxl", from: "2026-11-01", to: "2026-11-21" };
  expect(HistoryFilter.parse({ ...asked, theme: "dark" })).toEqual(asked);
});

test.each([
  ["status", "Failed"],
  ["status", ["failed", "saved"]],
  ["model", "sdxl"],
  ["model", "a/b,user_id.neq.1"],
  ["model", "a/b\0"],
  ["from", "yesterday"],
  ["from", "0000-01-01"],
  ["from", "2026-02-30"],
  ["to", "9999-12-31"],
  ["to", ""],
])("what cannot be looked for is left out: %s=%j", (name, value) => {
  expect(
    HistoryFilter.parse({
      [name]: value,
      from: "2026-11-01",
      [name]: value,
    })[name as "from"],
  ).toBeUndefined();
});
