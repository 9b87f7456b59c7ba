import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { FailureNote } from "@/components/generate/feed/failure-note";
import { HistoryRow } from "@/components/history/history-row";
import { jobOf } from "@/components/jobs/job";
import { predictionOf } from "../generate/fixtures";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-01T10:00:00Z") });
  return () => vi.useRealTimers();
});

const output = ["https://replicate.delivery/a.mp4", "https://replicate.delivery/b.mp4"];
const output_expires_at = "2026-11-01T11:00:00.000Z";
const tooLarge = (files: string[]) =>
  jobOf(predictionOf({ status: "succeeded", save_error: "too_large", output: files, output_expires_at }));
const ignore = () => {};
const links = () => screen.getAllByRole("link", { name: /^Save to your device/ });

test("a file that cannot be saved here is saved to the user's device until Replicate deletes it", () => {
  render(<FailureNote job={tooLarge(output)} ratio={null} onRetry={ignore} onEdit={ignore} />);
  expect(links().map((link) => link.getAttribute("href"))).toEqual(output);
  expect(links().map(({ textContent }) => textContent?.trim())).toEqual([
    "Save to your device (1 of 2)",
    "Save to your device (2 of 2)",
  ]);
  expect(document.querySelector("time")?.dateTime).toBe(output_expires_at);
  act(() => void vi.advanceTimersByTime(3_600_000));
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByText("Replicate has deleted the files that were not saved.")).toBeTruthy();
});

test("the history offers it, too", () => {
  const actions = { onCancel: ignore, onRetry: ignore, onReuse: ignore, onOpen: ignore };
  render(<HistoryRow job={tooLarge(output.slice(0, 1))} actions={actions} />);
  expect(links().map(({ textContent }) => textContent?.trim())).toEqual(["Save to your device"]);
});
