import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { HistoryRow, type RowActions } from "@/components/history/history-row";
import { predictionOf } from "../generate/fixtures";

test("the second click of a double click does not cancel the row that moved under it", () => {
  const actions = {
    onCancel: vi.fn<RowActions["onCancel"]>(),
    onRetry: vi.fn<RowActions["onRetry"]>(),
    onReuse: vi.fn<RowActions["onReuse"]>(),
    onOpen: vi.fn<RowActions["onOpen"]>(),
  };
  render(<HistoryRow job={jobOf(predictionOf())} actions={actions} />);
  const cancel = screen.getByRole("button", { name: "Cancel" });
  fireEvent.click(cancel, { detail: 2 });
  expect(actions.onCancel).not.toHaveBeenCalled();
  fireEvent.click(cancel, { detail: 1 });
  expect(actions.onCancel).toHaveBeenCalledOnce();
});
