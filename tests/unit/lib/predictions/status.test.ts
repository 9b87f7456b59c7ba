import { describe, expect, test } from "vitest";
import { isActive, isFinished, isUnsaved, statusLabel } from "@/lib/predictions/status";
import { IMAGE } from "./row";

describe("active and finished predictions", () => {
  test.each([
    ["queued", false],
    ["starting", false],
    ["processing", false],
    ["succeeded", true],
    ["failed", true],
    ["canceled", true],
    ["aborted", true],
  ] as const)("%s: finished is %s", (status, finished) => {
    expect(isFinished(status)).toBe(finished);
  });

  test.each(["queued", "starting", "processing"] as const)("%s is active", (status) => {
    expect(isActive({ status, saved_at: null, save_error: null })).toBe(true);
  });

  test.each(["failed", "canceled", "aborted"] as const)("%s is not active", (status) => {
    expect(isActive({ status, saved_at: null, save_error: null })).toBe(false);
  });

  test.each([
    [null, null, true],
    [null, "retrying", true],
    [null, "expired", false],
    [null, "empty_output", false],
    [null, "unsupported_output", false],
    [null, "too_large", false],
    ["2026-01-01T00:00:00Z", null, false],
    ["2026-01-01T00:00:00Z", "retrying", false],
  ] as const)("succeeded, saved at %s, save error %s: active is %s", (saved_at, save_error, active) => {
    expect(isActive({ status: "succeeded", saved_at, save_error })).toBe(active);
  });
});

test.each([
  ["succeeded", null, true],
  ["succeeded", "2026-01-01T00:00:00Z", false],
  ["processing", null, false],
  ["failed", null, false],
] as const)("%s, saved at %s: unsaved is %s", (status, saved_at, waits) => {
  expect(isUnsaved({ status, saved_at })).toBe(waits);
});

describe("the label of a status", () => {
  const prediction = { provisional: false, progress: null, saved_at: null, save_error: null, images: [] };

  test.each([
    [{ status: "queued" }, "Queued"],
    [{ status: "starting" }, "Starting up"],
    [{ status: "processing" }, "Generating"],
    [{ status: "processing", progress: 0 }, "Generating 0 %"],
    [{ status: "processing", progress: 0.478 }, "Generating 48 %"],
    [{ status: "succeeded" }, "Saving"],
    [{ status: "succeeded", save_error: "retrying" }, "Saving"],
    [{ status: "succeeded", saved_at: "2026-01-01T00:00:00Z" }, "Saved"],
    [{ status: "succeeded", save_error: "expired" }, "Not saved"],
    [{ status: "succeeded", save_error: "expired", images: [IMAGE] }, "Partly saved"],
    [{ status: "failed" }, "Failed"],
    [{ status: "failed", provisional: true }, "No result yet"],
    [{ status: "canceled" }, "Canceled"],
    [{ status: "aborted" }, "Stopped"],
  ] as const)("%j", (state, stage) => {
    expect(statusLabel({ ...prediction, ...state, images: "images" in state ? [IMAGE] : [] })).toBe(stage);
  });
});
