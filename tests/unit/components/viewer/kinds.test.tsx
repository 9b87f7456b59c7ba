import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import type { MediaItem } from "@/components/media/media-item";
import { Details } from "@/components/viewer/details";
import { ToolButtons } from "@/components/viewer/tool-buttons";
import { ViewerMedia } from "@/components/viewer/viewer-media";
import { itemOf } from "../media/media-of-kinds";

const ignore = () => {};
const onStep = vi.fn<(item: MediaItem) => void>();
const play = vi.fn<() => Promise<void>>(async () => {});
const pause = vi.fn<() => void>();

beforeEach(() => {
  vi.resetAllMocks();
  play.mockResolvedValue();
  // jsdom cannot play media.
  Object.assign(HTMLMediaElement.prototype, { play, pause });
});

function showStage(item: MediaItem) {
  render(
    <>
      <ViewerMedia item={item} before={null} previous={itemOf("audio")} next={itemOf("file")} onStep={onStep} />
      <button type="button">Share</button>
    </>,
  );
  return screen.queryByLabelText<HTMLMediaElement>("a red fox");
}

test("the space bar plays and pauses a video, but presses a button that has the focus", () => {
  const video = showStage(itemOf("video"));
  expect(fireEvent.keyDown(document.body, { key: " " })).toBe(false);
  expect(play).toHaveBeenCalledOnce();
  Object.defineProperty(video, "paused", { value: false });
  fireEvent.keyDown(document.body, { key: " " });
  expect(pause).toHaveBeenCalledOnce();
  expect(fireEvent.keyDown(screen.getByRole("button", { name: "Share" }), { key: " " })).toBe(true);
  expect([play.mock.calls.length, pause.mock.calls.length]).toEqual([1, 1]);
});

test("beside an image, the space bar scrolls", () => {
  showStage(itemOf("image"));
  expect(fireEvent.keyDown(document.body, { key: " " })).toBe(true);
});

test("the arrow keys and a finger seek in a player, and lead to the neighbours elsewhere", () => {
  const video = showStage(itemOf("video"))!;
  fireEvent.keyDown(video, { key: "ArrowRight" });
  fireEvent.touchStart(video, { touches: [{ clientX: 290, clientY: 10 }] });
  fireEvent.touchEnd(video, { changedTouches: [{ clientX: 110, clientY: 10 }] });
  expect(onStep).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "ArrowRight" });
  expect(onStep).toHaveBeenCalledOnce();
});

test("the buttons say what comes before and after", () => {
  showStage(itemOf("image"));
  expect(screen.getByRole("button", { name: "Previous sound" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Next file" })).toBeTruthy();
});

test("the details tell the type and the duration", () => {
  render(<Details item={itemOf("video", { content_type: "video/quicktime" })} />);
  expect(screen.getByText("Type").nextElementSibling?.textContent).toBe("MOV");
  expect(screen.getByText("Duration").nextElementSibling?.textContent).toBe("0:05");
});

test.each([
  [itemOf("image"), ["Vary", "Upscale"]],
  [itemOf("image", { content_type: "image/svg+xml" }), []],
  [itemOf("video"), []],
  [itemOf("file"), []],
] as const)("the tools are offered only for images made of pixels: %#", (item, names) => {
  render(
    <ToolModelsProvider models={{ upscale: "nightmareai/real-esrgan" }}>
      <ToolButtons item={item} onTool={ignore} />
    </ToolModelsProvider>,
  );
  expect(screen.queryAllByRole("button").map(({ textContent }) => textContent?.trim())).toEqual(names);
});
