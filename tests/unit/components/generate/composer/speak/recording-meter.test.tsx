import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RecordingMeter } from "@/components/generate/composer/speak/recording-meter";
import { LiveRegion } from "@/components/ui/live-region";
import { soundOf } from "../../../fake-microphone";

const heard = { loudness: 0, state: "running" };
const close = vi.fn<() => Promise<void>>(async () => {});

class FakeContext {
  state = heard.state;
  close = close;
  createAnalyser = () => ({
    fftSize: 2048,
    getFloatTimeDomainData: (samples: Float32Array) => samples.set(soundOf(heard.loudness).subarray(0, 2048)),
  });
  createMediaStreamSource = () => ({ connect: () => {} });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", FakeContext);
  Object.assign(heard, { loudness: 0, state: "running" });
  close.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = () => render(<RecordingMeter stream={{} as MediaStream} />);
const pass = (seconds: number) => act(() => void vi.advanceTimersByTime(seconds * 1000));
const level = () => document.querySelector("progress")?.value;
const silence = () => screen.queryByText("No sound yet. Is the microphone muted?") !== null;

test("the time and the loudness are shown", () => {
  open();
  heard.loudness = 0.03;
  pass(7);
  expect(screen.getByRole("timer").textContent).toBe("0:07");
  expect(level()).toBeCloseTo(0.59, 1);
  heard.loudness = 1;
  pass(1);
  expect(level()).toBe(1);
});

test("a level that never rises is mentioned, until it does", () => {
  open();
  pass(2.9);
  expect([silence(), level()]).toEqual([false, 0]);
  pass(1);
  expect(silence()).toBe(true);
  heard.loudness = 0.05;
  pass(0.1);
  heard.loudness = 0;
  pass(1);
  expect(silence()).toBe(false);
});

test.each([
  ["a browser that measures nothing yet", () => (heard.state = "suspended")],
  ["a browser that cannot measure", () => vi.stubGlobal("AudioContext", undefined)],
])("%s shows only the time", (_, prepare) => {
  prepare();
  open();
  pass(5);
  expect([screen.getByRole("timer").textContent, level(), silence()]).toEqual(["0:05", undefined, false]);
});

test("ten seconds before the end, that is announced once", () => {
  render(<LiveRegion />);
  open();
  pass(49.9);
  const announced = () => screen.queryAllByText("10 seconds left").length;
  expect(announced()).toBe(0);
  pass(5);
  expect(announced()).toBe(1);
});

test("at its end, nothing is measured any more", () => {
  open().unmount();
  expect(close).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
