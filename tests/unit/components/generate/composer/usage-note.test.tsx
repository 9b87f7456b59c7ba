import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { createJobStore } from "@/components/jobs/job-store";
import { UsageNote } from "@/components/generate/composer/usage-note";
import type { Usage } from "@/lib/history/schema";
import { predictionOf } from "../fixtures";
import { stubFetch } from "../../stub-fetch";

const send = stubFetch();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const usage = (left: number): Usage => ({
  images: { limit: 200, used: 200 - left, left },
  money: { limit: 5, used: 0, left: 5 },
  storage: { limit: 5e9, used: 0, left: 5e9 },
  in_flight: { limit: 20, used: 0 },
  resets_at: "2026-11-22T00:00:00.000Z",
});

test.each([
  [188, /^188 images left today\.$/],
  [20, /^Only 20 images left today\. More at \d\d:\d\d\.$/],
  [1, /^Only 1 image left today\. More at \d\d:\d\d\.$/],
  [0, /^No images left today\. More at \d\d:\d\d\.$/],
])("with %i images left the note says so", (left, words) => {
  const { container } = render(<UsageNote start={usage(left)} store={createJobStore([], "ada")} />);
  expect(container.textContent).toMatch(words);
});

test("the count is loaded again a moment after a request was accepted, not when all of its images are finished", async () => {
  send.mockImplementation(async () => Response.json(usage(187)));
  const job = { key: "k1", request: { model: "a/b", input: {} } };
  const store = createJobStore([jobOf(predictionOf())], "ada");
  render(<UsageNote start={usage(188)} store={store} />);
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(send).not.toHaveBeenCalled();

  const accepted = predictionOf({ id: "2", status: "starting" });
  act(() => store.apply({ type: "sent", ...job, at: 0 }));
  act(() => store.apply({ type: "accepted", key: "k1", prediction: accepted }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(send.mock.calls.map(([url]) => url)).toEqual(["/api/usage"]);
  expect(screen.getByText("187 images left today.")).toBeTruthy();

  const output = ["https://replicate.delivery/a.png"];
  act(() => store.apply({ type: "seen", predictions: [{ ...accepted, status: "succeeded", output }] }));
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(send).toHaveBeenCalledTimes(1);
});

test.each([
  ["fewer", ["https://replicate.delivery/a.png"]],
  [
    "more",
    ["https://replicate.delivery/a.png", "https://replicate.delivery/b.png", "https://replicate.delivery/c.png"],
  ],
])("the count is loaded again when a model has made %s images than requested", async (_, output) => {
  send.mockImplementation(async () => Response.json(usage(187)));
  const running = predictionOf({ status: "processing", input: { prompt: "a red fox", num_outputs: 2 } });
  const store = createJobStore([jobOf(running)], "ada");
  render(<UsageNote start={usage(188)} store={store} />);
  act(() => store.apply({ type: "seen", predictions: [{ ...running, output: output.slice(0, 1) }] }));
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(send).not.toHaveBeenCalled();
  act(() => store.apply({ type: "seen", predictions: [{ ...running, status: "succeeded", output }] }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(screen.getByText("187 images left today.")).toBeTruthy();
});

test("the count is loaded again after a cancellation, and stays when the answer fails", async () => {
  send.mockResolvedValue(Response.json({ detail: "Sign in first." }, { status: 401 }));
  const running = predictionOf({ id: "2", status: "starting" });
  const store = createJobStore([jobOf(running)], "ada");
  render(<UsageNote start={usage(188)} store={store} />);
  act(() => store.apply({ type: "seen", predictions: [{ ...running, status: "canceled" }] }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(send).toHaveBeenCalledTimes(1);
  expect(screen.getByText("188 images left today.")).toBeTruthy();
});
