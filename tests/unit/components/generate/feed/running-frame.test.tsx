import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import { predictionOf } from "../fixtures";
import { ignoredActions as actions } from "./card-actions";

const running = jobOf(predictionOf({ status: "processing", progress: 0.48 }));

test("the place of a video is wide, unless the request says otherwise", () => {
  const run = { frame: 16 / 9, usual: null };
  const film = { ...running, request: { ...running.request, input: { prompt: "a red fox" } } };
  const { container, rerender } = render(<JobCard job={film} actions={actions} run={run} />);
  expect(container.querySelector("[style*='aspect-ratio: 1.7777']")).toBeTruthy();
  rerender(<JobCard job={running} actions={actions} run={run} />);
  expect(container.querySelector("[style*='aspect-ratio: 1.3333']")).toBeTruthy();
});

test("a text that is not there yet has a line instead of a frame", () => {
  const { container } = render(
    <JobCard job={running} actions={actions} run={{ frame: null, usual: "usually 4.0 s" }} />,
  );
  expect(container.querySelector("[style*='aspect-ratio']")).toBeNull();
  expect(screen.getByText("Generating 48 %")).toBeTruthy();
  expect(screen.getByText(/usually 4\.0 s/)).toBeTruthy();
});
