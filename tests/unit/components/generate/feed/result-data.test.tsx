import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ResultData } from "@/components/generate/feed/result-data";
import { jobOf } from "@/components/jobs/job";
import type { Prediction } from "@/lib/predictions/schema";
import { predictionOf } from "../fixtures";
import { ignoredActions } from "./card-actions";

afterEach(() => vi.unstubAllGlobals());

/** Shows a prediction. Returns `update`, which shows its next state, and `stream`, which sends words to the page. */
function open(output: unknown) {
  const source = Object.assign(new EventTarget(), { close: () => {} });
  vi.stubGlobal("EventSource", function open() {
    return source;
  });
  const show = (changes: Partial<Prediction>) => {
    const shown = predictionOf({ status: "processing", ...changes });
    return <ResultData job={jobOf(shown)} prediction={shown} isFresh actions={ignoredActions} />;
  };
  const { rerender } = render(show({ output }));
  return {
    update: (changes: Partial<Prediction>) => rerender(show(changes)),
    stream: (data: string) => act(() => void source.dispatchEvent(new MessageEvent("output", { data }))),
  };
}

test("the words of a running prediction are shown as they come, and then the saved output", () => {
  const { update, stream } = open(["A fox"]);
  stream("A fox runs");
  expect(screen.getByText("A fox runs")).toBeTruthy();
  stream(" far away");
  update({ output: ["A fox", " runs"] });
  expect(screen.getByText("A fox runs far away")).toBeTruthy();
  update({ output: ["A fox sleeps."], status: "succeeded" });
  expect(screen.getByText("A fox sleeps.")).toBeTruthy();
});

test("without a stream, the output grows with each poll", () => {
  const { update } = open(["A fox"]);
  update({ output: ["A fox", " runs"] });
  expect(screen.getByText("A fox runs")).toBeTruthy();
  expect(screen.getByText("Generating")).toBeTruthy();
});

test("after a stop, the words that were seen stay", () => {
  const { update, stream } = open(["A fox"]);
  stream("A fox runs far");
  update({ output: ["A fox", " runs"], status: "canceled" });
  expect(screen.getByText("A fox runs far")).toBeTruthy();
});
