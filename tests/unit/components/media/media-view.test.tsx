import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { DownloadLink } from "@/components/media/download-link";
import { MediaView } from "@/components/media/media-view";
import type { MediaItem } from "@/components/media/media-item";
import { itemOf } from "./media-of-kinds";

const download = <DownloadLink item={itemOf("file")} />;
const show = (item: MediaItem) => render(<MediaView media={item} label="a red fox" download={download} />);
const player = (item: MediaItem) => {
  show(item);
  return screen.getByLabelText("a red fox");
};

test("an SVG is only an image, so its scripts do not run and it loads nothing", () => {
  const { container } = show(itemOf("image", { content_type: "image/svg+xml", width: null, height: null }));
  expect(screen.getByRole("img", { name: "a red fox" })).toBeTruthy();
  expect(container.querySelector("svg, object, embed, iframe")).toBeNull();
});

test("a video has controls and its poster, and loads no more than it needs", () => {
  const video = player(itemOf("video", { thumb: "/p" }));
  expect(video.tagName).toBe("VIDEO");
  expect(["controls", "playsinline", "preload", "poster"].map((name) => video.getAttribute(name))).toEqual([
    "",
    "",
    "metadata",
    "/p",
  ]);
});

test("a sound has controls", () => {
  expect(player(itemOf("audio")).outerHTML).toMatch(/^<audio controls=""/);
});

test.each([
  ["model3d", "GLB · 1.4 MB"],
  ["file", "ZIP · 1.4 MB"],
] as const)("a %s is a tile with its type and size, and a download", (kind, facts) => {
  show(itemOf(kind));
  expect(screen.getByText("a red fox")).toBeTruthy();
  expect(screen.getByText(facts)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download" })).toBeTruthy();
});

test.each(["video", "audio"] as const)("where the browser cannot play the %s, it can be downloaded", (kind) => {
  const element = player(itemOf(kind));
  expect(screen.queryByRole("link", { name: "Download" })).toBeNull();
  fireEvent.error(element);
  expect(
    screen.getByText(/This browser cannot play this (video|sound)\. Download the file to open it in another app\./),
  ).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download" })).toBeTruthy();
});

const unsaved = itemOf("video", { id: null, src: "https://replicate.delivery/a.webm", content_type: null });
const saved = itemOf("video");

test("a video that is saved meanwhile comes from our storage, unless it has been played", () => {
  const { rerender } = show(unsaved);
  const video = screen.getByLabelText<HTMLVideoElement>("a red fox");
  rerender(<MediaView media={saved} label="a red fox" />);
  expect(video.getAttribute("src")).toBe(saved.src);

  rerender(<MediaView key="other" media={unsaved} label="a red fox" />);
  const played = screen.getByLabelText<HTMLVideoElement>("a red fox");
  Object.defineProperty(played, "played", { value: { length: 1 } });
  rerender(<MediaView key="other" media={saved} label="a red fox" />);
  expect(played.getAttribute("src")).toBe(unsaved.src);
  // Replicate deletes its file after an hour. The browser then cannot load the file, and the saved file replaces it.
  fireEvent.error(played);
  expect(played.getAttribute("src")).toBe(saved.src);
});
