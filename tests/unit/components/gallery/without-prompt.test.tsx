import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Details } from "@/components/viewer/details";
import { GalleryTile } from "@/components/gallery/gallery-tile";
import { JobCard } from "@/components/generate/feed/job-card";
import { jobOf } from "@/components/jobs/job";
import { HistoryRow } from "@/components/history/history-row";
import { toMediaItem } from "@/components/media/media-item";
import { SharedMediaPage } from "@/components/share/shared-media-page";
import { ignoredActions } from "../generate/feed/card-actions";
import { predictionOf, savedImage, sharedImage } from "../generate/fixtures";
import { imageOf } from "./image";

const input = { image: "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02", scale: 2 };
const words = "Upscaled from “a red fox”";
const upscaled = { ...imageOf("large"), prompt: "", seed: null, subject: "a red fox", tool: "upscale", input };
const ignore = () => {};

test("the details of an image without a prompt name its source, and no empty facts", () => {
  render(<Details item={toMediaItem(upscaled)} />);
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Copy prompt" })).toBeNull();
  expect(screen.getAllByRole("term").map(({ textContent }) => textContent)).toEqual([
    "Model",
    "Type",
    "Size",
    "Created",
    "Scale",
  ]);
  expect(document.body.textContent).not.toContain("/api/");
});

test("an uploaded source image is a link", () => {
  render(
    <Details
      item={toMediaItem({ ...upscaled, input: { image: "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01" } })}
    />,
  );
  expect(screen.getByRole("link", { name: "Uploaded file" }).getAttribute("href")).toBe(
    "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01",
  );
});

test("the same description is used on all pages", () => {
  const image = { ...savedImage, subject: "a red fox" };
  const done = predictionOf({ status: "succeeded", tool: "upscale", input, output: [image.url], images: [image] });
  const tile = { isSelected: false, isSelecting: false, onOpen: ignore, onSelect: ignore };
  const { unmount } = render(<GalleryTile item={toMediaItem(upscaled)} {...tile} />);
  expect(screen.getByRole("img", { name: words })).toBeTruthy();
  unmount();
  render(<JobCard job={jobOf(done)} actions={ignoredActions} />);
  expect(screen.getByRole("article", { name: words })).toBeTruthy();
  expect(screen.getByRole("img", { name: words })).toBeTruthy();
  expect(screen.getByText(words)).toBeTruthy();
});

test("its row in the history links to the source image", () => {
  const image = { ...savedImage, subject: "a red fox" };
  const done = predictionOf({ status: "succeeded", tool: "upscale", input, output: [image.url], images: [image] });
  render(
    <HistoryRow job={jobOf(done)} actions={{ onCancel: ignore, onRetry: ignore, onReuse: ignore, onOpen: ignore }} />,
  );
  expect(screen.getByText(words)).toBeTruthy();
  const fact = screen.getByText("Input files").nextElementSibling;
  expect(fact?.querySelector("a")?.getAttribute("href")).toBe("/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02");
});

test("its public page does not show the source", () => {
  render(<SharedMediaPage media={sharedImage({ prompt: "", tool: "upscale" })} />);
  expect(screen.getByRole("heading", { name: "Upscaled image" })).toBeTruthy();
});
