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

test("a row says that its images were deleted", () => {
  const { rerender } = render(
    <HistoryRow job={jobOf(predictionOf({ ...saved, images: [savedImage] }))} actions={actions} />,
  );
  expect(screen.queryByText("Images deleted")).toBeNull();
  rerender(<HistoryRow job={jobOf(predictionOf(saved))} actions={actions} />);
  expect(screen.getByText("Images deleted")).toBeTruthy();
});

test("a row without images for another reason does not say that they were deleted", () => {
  render(<HistoryRow job={jobOf(predictionOf({ status: "failed" }))} actions={actions} />);
  expect(screen.queryByText("Images deleted")).toBeNull();
});

test("the second click of a double click does not cancel the row that moved under it", () => {
  render(<HistoryRow job={jobOf(predictionOf())} actions={actions} />);
  const cancel = screen.getByRole("button", { name: "Cancel" });
  fireEvent.click(cancel, { detail: 2 });
  expect(actions.onCancel).not.toHaveBeenCalled();
  fireEvent.click(cancel, { detail: 1 });
  expect(actions.onCancel).toHaveBeenCalledOnce();
});
