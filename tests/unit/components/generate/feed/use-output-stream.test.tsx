import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useOutputStream } from "@/components/generate/feed/use-output-stream";
import { FakeSource, stubEventSource } from "../../fake-event-source";

stubEventSource();

const open = (isRunning: boolean) =>
  renderHook(({ running }) => useOutputStream("7", running), { initialProps: { running: isRunning } });

test("the words of a running prediction are joined as they come, until it is done", () => {
  const { result } = open(true);
  const [source] = FakeSource.opened;
  expect([source?.url, result.current]).toEqual(["/api/replicate/7/stream", null]);
  source?.send("output", "A fox");
  source?.send("output", " runs.\nIt rests.");
  expect(result.current).toBe("A fox runs.\nIt rests.");
  source?.send("done", "{}");
  expect([source?.isClosed, result.current]).toEqual([true, "A fox runs.\nIt rests."]);
});

test("the stream is closed when the prediction has ended otherwise, and a finished one has none", () => {
  const { rerender } = open(true);
  rerender({ running: false });
  expect(FakeSource.opened.map(({ isClosed }) => isClosed)).toEqual([true]);
  open(false);
  expect(FakeSource.opened).toHaveLength(1);
});
