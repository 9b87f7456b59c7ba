import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { announceSteps } from "@/components/jobs/announce-steps";
import { jobOf } from "@/components/jobs/job";
import { createJobStore } from "@/components/jobs/job-store";
import { LiveRegion } from "@/components/ui/live-region";
import { savedImage, predictionOf } from "../generate/fixtures";

test("each step of a job is announced once, without its percentage, until updates stop", () => {
  const controller = new AbortController();
  const store = createJobStore([jobOf(predictionOf())], "ada");
  announceSteps(store, controller.signal);
  render(<LiveRegion />);
  const see = (changes: Parameters<typeof predictionOf>[0]) =>
    act(() => store.apply({ type: "seen", predictions: [predictionOf(changes)] }));
  const said = () => [...screen.getByRole("status").children].map(({ textContent }) => textContent);

  see({ status: "processing", progress: 0.2 });
  see({ status: "processing", progress: 0.4 });
  const done = { status: "succeeded", output: [savedImage.url], images: [savedImage] } as const;
  see({ ...done, output: [...done.output], images: [...done.images], saved_at: "2026-11-01T10:00:09.000Z" });
  expect(said()).toEqual(["Status: Generating", "Status: Saved"]);

  controller.abort();
  act(() => store.apply({ type: "sent", key: "k", request: { model: "a/b", input: {} }, at: 0 }));
  expect(said()).toEqual(["Status: Generating", "Status: Saved"]);
});
