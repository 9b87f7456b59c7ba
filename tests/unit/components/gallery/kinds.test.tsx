import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { GalleryTile } from "@/components/gallery/gallery-tile";
import type { MediaItem } from "@/components/media/media-item";
import { itemOf } from "../media/media-of-kinds";

const ignore = () => {};
const reduced = vi.fn<() => boolean>();

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: reduced() }));
  // jsdom cannot load media.
  Object.assign(HTMLMediaElement.prototype, { load: ignore });
  reduced.mockReturnValue(false);
  return () => vi.unstubAllGlobals();
});

function show(item: MediaItem) {
  const { container, unmount } = render(
    <GalleryTile item={item} isSelected={false} isSelecting={false} onOpen={ignore} onSelect={ignore} />,
  );
  const tile = screen.getByRole("listitem");
  return { tile, unmount, video: () => container.querySelector("video") };
}

test.each([
  [itemOf("video"), /^a red fox, video, ?0:05$/],
  [itemOf("audio", { duration_ms: 3_723_000 }), /^a red fox, sound, ?1:02:03$/],
  [itemOf("model3d"), /^a red fox, 3D model, ?GLB$/],
  [itemOf("file"), /^a red fox, file, ?ZIP$/],
])("a file without a small image is a quiet tile with its kind: %#", (item, name) => {
  show(item);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByRole("link", { name })).toBeTruthy();
});

test("an image has no mark of its kind, and a video with a poster shows it", () => {
  const { unmount } = show(itemOf("image"));
  expect(screen.getByRole("link", { name: "a red fox" })).toBeTruthy();
  unmount();
  show(itemOf("video", { thumb: "/p" }));
  expect(screen.getByRole("img", { name: "a red fox" }).getAttribute("src")).toBe("/p");
});

test("a video plays without sound while the pointer is over it", async () => {
  const { tile, video } = show(itemOf("video"));
  expect(video()).toBeNull();
  fireEvent.pointerEnter(tile, { pointerType: "mouse" });
  await waitFor(() => expect(video()).toMatchObject({ muted: true, autoplay: true }));
  fireEvent.pointerLeave(tile);
  expect(video()).toBeNull();
});

test.each([
  ["under a finger", "video", "touch", false],
  ["with reduced motion", "video", "mouse", true],
  ["of another kind", "audio", "mouse", false],
] as const)("nothing plays %s", async (_why, kind, pointerType, isReduced) => {
  reduced.mockReturnValue(isReduced);
  const { tile, video } = show(itemOf(kind));
  fireEvent.pointerEnter(tile, { pointerType });
  await vi.dynamicImportSettled();
  expect(video()).toBeNull();
});
