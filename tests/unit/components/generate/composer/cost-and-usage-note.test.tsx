import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { createJobStore } from "@/components/jobs/job-store";
import { UsageNote } from "@/components/generate/composer/cost-and-usage-note";
import type { Usage } from "@/lib/history/schema";
import { predictionOf, sdxl } from "../fixtures";
import { stubFetch } from "../../stub-fetch";

const send = stubFetch();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const usage = (left: number): Usage => ({
  images: { limit: 200, used: 200 - left, left },
  usd: { limit: 5, used: 0, left: 5 },
  stored_bytes: { limit: 5e9, used: 0, left: 5e9 },
  in_flight: { limit: 20, used: 0 },
  resets_at: "2026-11-22T00:00:00.000Z",
});

const perImage = { per: "image" as const, usd: 0.04, tiers: [], date: "2026-01-01", source: "a test" };
const emptyForm = { form: { current: null }, readValues: () => ({}) };

function noteOf(props: Partial<Parameters<typeof UsageNote>[0]> & { usage: Usage }) {
  const { store = createJobStore([], "ada") } = props;
  return (
    <UsageNote
      composer={emptyForm}
      fields={sdxl}
      price={null}
      limit={null}
      costOfOthers={0}
      before={null}
      {...props}
      store={store}
    />
  );
}

test.each([
  [188, /^188 images left today\.$/],
  [20, /^Only 20 images left today\. The limit resets at \d\d:\d\d\.$/],
  [1, /^Only 1 image left today\. The limit resets at \d\d:\d\d\.$/],
  [0, /^No images left today\. The limit resets at \d\d:\d\d\.$/],
])("with %i images left the note says so", (left, words) => {
  const { container } = render(noteOf({ usage: usage(left) }));
  expect(container.textContent).toMatch(words);
});

test("the count is loaded again a moment after a request was accepted, not when all of its images are finished", async () => {
  send.mockImplementation(async () => Response.json(usage(187)));
  const job = { key: "k1", request: { model: "a/b", input: {} } };
  const store = createJobStore([jobOf(predictionOf())], "ada");
  render(noteOf({ usage: usage(188), store: store }));
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(send).not.toHaveBeenCalled();

  const accepted = predictionOf({ id: "2", status: "starting" });
  act(() => store.apply({ type: "sent", ...job, at: 0 }));
  act(() => store.apply({ type: "accepted", key: "k1", prediction: accepted, isReused: false }));
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
  render(noteOf({ usage: usage(188), store: store }));
  act(() => store.apply({ type: "seen", predictions: [{ ...running, output: output.slice(0, 1) }] }));
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(send).not.toHaveBeenCalled();
  act(() => store.apply({ type: "seen", predictions: [{ ...running, status: "succeeded", output }] }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(screen.getByText("187 images left today.")).toBeTruthy();
});

test("the count is loaded again if a request was rejected before the note had loaded", async () => {
  send.mockImplementation(async () => Response.json(usage(0)));
  const store = createJobStore([], "ada");
  store.apply({ type: "sent", key: "k1", request: { model: "a/b", input: {} }, at: 0 });
  store.apply({
    type: "rejected",
    key: "k1",
    problem: { status: 429, detail: "No images are left today.", fields: [] },
  });
  render(noteOf({ usage: usage(188), store }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(screen.getByText(/^No images left today\./)).toBeTruthy();
});

test("the count is loaded again after a cancellation, and stays when the answer fails", async () => {
  send.mockResolvedValue(Response.json({ detail: "Sign in first." }, { status: 401 }));
  const running = predictionOf({ id: "2", status: "starting" });
  const store = createJobStore([jobOf(running)], "ada");
  render(noteOf({ usage: usage(188), store: store }));
  act(() => store.apply({ type: "seen", predictions: [{ ...running, status: "canceled" }] }));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  expect(send).toHaveBeenCalledTimes(1);
  expect(screen.getByText("188 images left today.")).toBeTruthy();
});

test.each([
  [{}, "Cost: about $0.04. 188 images left today."],
  [{ price: { ...perImage, usd: 0.00004 } }, "Cost: less than $0.0001. 188 images left today."],
  [{ price: null }, "188 images left today."],
  [{ costOfOthers: 0.06 }, "Cost: about $0.10. 188 images left today."],
  [{ costOfOthers: NaN }, "188 images left today."],
  [{ limit: 0.04 }, "Cost: about $0.04. 188 images left today."],
  [
    { limit: 0.0399 },
    "This run may cost up to $0.04. Only runs of at most $0.04 are allowed here. 188 images left today.",
  ],
  [{ limit: 0.1, price: null }, "188 images left today."],
  [
    { usage: { ...usage(188), usd: { limit: 5, used: 4.6, left: 0.4 } } },
    "Cost: about $0.04. 188 images left today. Only $0.40 of today's budget of $5.00 is left.",
  ],
])("with %j the note says what a run costs", (props, words) => {
  const { container } = render(noteOf({ usage: usage(188), price: perImage, ...props }));
  expect(container.textContent).toBe(words);
});

test("the cost follows the form", () => {
  const form = document.createElement("form");
  let values = {};
  const composer = { form: { current: form }, readValues: () => values };
  const { container } = render(noteOf({ usage: usage(188), price: perImage, composer }));
  expect(container.textContent).toMatch(/^Cost: about \$0\.04\./);
  values = { num_outputs: 4 };
  act(() => void form.dispatchEvent(new Event("input")));
  expect(container.textContent).toMatch(/^Cost: about \$0\.16\./);
});
