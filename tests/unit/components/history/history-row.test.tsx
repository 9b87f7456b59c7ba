import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { HistoryRow, type RowActions } from "@/components/history/history-row";
import { savedImage, predictionOf } from "../generate/fixtures";

const actions = {
  onCancel: vi.fn<RowActions["onCancel"]>(),
  onRetry: vi.fn<RowActions["onRetry"]>(),
  onReuse: vi.fn<RowActions["onReuse"]>(),
  onOpen: vi.fn<RowActions["onOpen"]>(),
};

const saved = { status: "succeeded" as const, saved_at: "2026-11-01T10:00:06.000Z", output: [savedImage.url] };

test("a row says that its files were deleted", () => {
  const { rerender } = render(
    <HistoryRow job={jobOf(predictionOf({ ...saved, images: [savedImage] }))} actions={actions} />,
  );
  expect(screen.queryByText("Deleted")).toBeNull();
  rerender(<HistoryRow job={jobOf(predictionOf(saved))} actions={actions} />);
  expect(screen.getByText("Deleted")).toBeTruthy();
});

test("a row without images for another reason does not say that they were deleted", () => {
  render(<HistoryRow job={jobOf(predictionOf({ status: "failed" }))} actions={actions} />);
  expect(screen.queryByText("Deleted")).toBeNull();
});

test("the second click of a double click does not cancel the row that moved under it", () => {
  render(<HistoryRow job={jobOf(predictionOf())} actions={actions} />);
  const cancel = screen.getByRole("button", { name: "Cancel" });
  fireEvent.click(cancel, { detail: 2 });
  expect(actions.onCancel).not.toHaveBeenCalled();
  fireEvent.click(cancel, { detail: 1 });
  expect(actions.onCancel).toHaveBeenCalledOnce();
});

test.each([
  [null, saved.saved_at, "bg-saved"],
  ["damaged", saved.saved_at, "bg-risk"],
  ["too_many", null, "bg-edge"],
  ["expired", null, "bg-risk"],
] as const)("with the save error %s, saved at %s, the dot is %s", (save_error, saved_at, color) => {
  const prediction = predictionOf({ ...saved, saved_at, save_error, images: [savedImage] });
  const { container } = render(<HistoryRow job={jobOf(prediction)} actions={actions} />);
  expect(container.querySelector(".rounded-full")?.classList).toContain(color);
});

test("a row says until when the rest of the images can be saved", () => {
  const output_expires_at = "2026-11-01T11:00:00.000Z";
  const partly = { ...saved, images: [savedImage], saved_at: null, save_error: "too_many" as const, output_expires_at };
  render(<HistoryRow job={jobOf(predictionOf(partly))} actions={actions} />);
  expect(screen.getByText(/The files that are not saved yet can be saved until/).querySelector("time")?.dateTime).toBe(
    output_expires_at,
  );
});

test("a text is shown in its row, with a button to copy it", () => {
  const text = { status: "succeeded" as const, saved_at: saved.saved_at, output: ["A ", "fox."] };
  render(<HistoryRow job={jobOf(predictionOf(text))} actions={actions} />);
  expect(screen.getByText("A fox.")).toBeTruthy();
  expect(screen.getByText("Saved")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Copy text" })).toBeTruthy();
});

test("a video without a poster has a quiet tile, never an image of its file", () => {
  const clip = { ...savedImage, kind: "video" as const, content_type: "video/mp4", thumb_url: null };
  render(<HistoryRow job={jobOf(predictionOf({ ...saved, images: [clip] }))} actions={actions} />);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByRole("link", { name: "a red fox" })).toBeTruthy();
});
