import { expect, test } from "vitest";
import { historyAddress } from "@/components/history/history-address";

test("the whole history has a plain address", () => {
  expect(historyAddress({ status: undefined })).toBe("/dashboard/history");
});

test("a filter stands in the address, and so does the place in it", () => {
  expect(historyAddress({ status: "failed", model: "a/b", from: "2026-11-01", to: "2026-11-02" }, "c1")).toBe(
    "/dashboard/history?status=failed&model=a%2Fb&from=2026-11-01&to=2026-11-02&cursor=c1",
  );
});
