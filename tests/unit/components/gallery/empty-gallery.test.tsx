import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { EmptyGallery } from "@/components/gallery/empty-gallery";

type Props = Parameters<typeof EmptyGallery>[0];

test.each<[Props["filter"], Props["kinds"], string, string]>([
  [{}, [], "Nothing saved yet", "Generate an image"],
  [{ q: "fox" }, ["image"], "No images match “fox”", "Show all images"],
  [{ q: "fox" }, ["image", "video"], "No files match “fox”", "Show all files"],
  [{ kind: "audio", q: "fox" }, ["image", "audio"], "No sounds match", "Show all files"],
  [{ favorites: "1" }, ["image"], "No favorites yet", "Show all images"],
])("for %j among %j, the page says %s", (filter, kinds, title, action) => {
  render(<EmptyGallery filter={filter} kinds={kinds} isLastPage={false} />);
  expect(screen.getByRole("heading", { name: title })).toBeTruthy();
  expect(screen.getByRole("link", { name: action })).toBeTruthy();
});

test("after the last page, older files are named by their kind", () => {
  render(<EmptyGallery filter={{ kind: "video" }} kinds={["image", "video"]} isLastPage />);
  expect(screen.getByRole("heading", { name: "No older videos" })).toBeTruthy();
});
