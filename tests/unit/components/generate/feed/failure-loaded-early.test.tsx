import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import { predictionOf } from "../fixtures";
import { ignoredActions } from "./card-actions";

test("why a job failed is shown at once: what explains it was loaded while the job was running", async () => {
  const show = (status: "processing" | "failed") => (
    <JobCard job={jobOf(predictionOf({ status }))} actions={ignoredActions} />
  );
  const { rerender } = render(show("processing"));
  await vi.dynamicImportSettled();
  rerender(show("failed"));
  expect(screen.getByText("The model stopped before it finished")).toBeTruthy();
});
