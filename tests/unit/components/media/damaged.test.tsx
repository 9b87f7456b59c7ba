import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { GalleryTile } from "@/components/gallery/gallery-tile";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { toMediaItem } from "@/components/media/media-item";
import { SharedMediaPage } from "@/components/share/shared-media-page";
import { ToolButtons } from "@/components/viewer/tool-buttons";
import { ViewerMedia } from "@/components/viewer/viewer-media";
import { imageOf } from "../gallery/image";
import { sharedImage } from "../generate/fixtures";

const damaged = toMediaItem({ ...imageOf("broken"), width: null, height: null, thumb_url: null });
const ignore = () => {};
const stageProps = { before: null, previous: undefined, next: undefined, onStep: ignore };

test("the viewer says that the file cannot be shown, and offers the download", () => {
  const { rerender } = render(<ViewerMedia item={damaged} {...stageProps} />);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText("This file cannot be shown. Download the file to open it in another app.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("href")).toBe(`${damaged.src}?download`);
  rerender(<ViewerMedia item={{ ...damaged, id: null, content_type: null }} {...stageProps} />);
  expect(screen.getByRole("img", { name: "a broken fox" })).toBeTruthy();
});

test("tools that need the image are not offered", () => {
  render(
    <ToolModelsProvider models={{ upscale: "nightmareai/real-esrgan" }}>
      <ToolButtons item={damaged} onTool={ignore} />
    </ToolModelsProvider>,
  );
  expect(screen.getAllByRole("button").map(({ textContent }) => textContent?.trim())).toEqual(["Vary"]);
});

test("its tile in the gallery says so, and is named after the prompt", () => {
  render(<GalleryTile item={damaged} isSelected={false} isSelecting={false} onOpen={ignore} onSelect={ignore} />);
  const link = screen.getByRole("link", { name: /^a broken fox: ?This file cannot be shown\.$/ });
  expect(within(link).queryByRole("img")).toBeNull();
});

test("its public page says so, and shows no size", () => {
  render(<SharedMediaPage media={sharedImage({ width: null, height: null, preview: null })} />);
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText(/This file cannot be shown/)).toBeTruthy();
  expect(screen.getAllByRole("term").map(({ textContent }) => textContent)).toEqual(["Model"]);
});
