import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { MediaView } from "@/components/media/media-view";
import type { MediaItem } from "@/components/media/media-item";
import { stubIntersection } from "../../stub-intersection";
import { itemOf } from "../media-of-kinds";

const read = vi.fn<typeof fetch>();
let comeIntoView: () => void;

beforeEach(() => {
  read.mockReset().mockResolvedValue(new Response("sound"));
  vi.stubGlobal("fetch", read);
  comeIntoView = stubIntersection();
  // One second of sound: silence, then half of the full loudness, then silence.
  const samples = Float32Array.from({ length: 8000 }, (_, index) => (index > 2000 && index < 6000 ? 0.5 : 0));
  vi.stubGlobal(
    "OfflineAudioContext",
    class {
      decodeAudioData = async () => ({ getChannelData: () => samples });
    },
  );
  return () => vi.unstubAllGlobals();
});

function show(item: MediaItem) {
  const { container } = render(<MediaView media={item} label="a red fox" />);
  const path = () => container.querySelector("svg > path")?.getAttribute("d") ?? "";
  return { container, heights: () => [...path().matchAll(/v([\d.]+)/g)].map(([, height]) => Number(height)) };
}

test("the loudness is drawn when the sound comes into view, the loudest part at full height", async () => {
  const { heights } = show(itemOf("audio"));
  expect(read).not.toHaveBeenCalled();
  expect(new Set(heights())).toEqual(new Set([1]));
  await act(async () => comeIntoView());
  expect(read).toHaveBeenCalledOnce();
  const drawn = heights();
  expect([drawn.length, drawn[2], drawn[48], drawn[93]]).toEqual([96, 1, 40, 1]);
});

test("what has been played is marked", () => {
  const { container } = show(itemOf("audio"));
  const audio = screen.getByLabelText("a red fox");
  Object.defineProperty(audio, "duration", { value: 10 });
  Object.defineProperty(audio, "currentTime", { value: 2.5 });
  fireEvent.timeUpdate(audio);
  expect(container.querySelector("clipPath rect")?.getAttribute("width")).toBe("96");
});

test("a sound that cannot be decoded, is very large or not saved can still be played", async () => {
  read.mockRejectedValue(new TypeError("network"));
  const { heights } = show(itemOf("audio"));
  await act(async () => comeIntoView());
  expect(new Set(heights())).toEqual(new Set([1]));
  expect(screen.getByLabelText("a red fox").tagName).toBe("AUDIO");

  read.mockClear();
  comeIntoView = () => {};
  for (const bytes of [31_000_000, null]) {
    show(itemOf("audio", { bytes }));
    comeIntoView();
  }
  expect(read).not.toHaveBeenCalled();
});
