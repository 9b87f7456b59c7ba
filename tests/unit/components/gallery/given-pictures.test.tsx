import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { PicturePanel } from "@/components/gallery/picture-panel";
import { pictureOf } from "@/components/prediction/kept-picture";
import { imageOf } from "./image";

const images = ["/api/uploads/u1", "/api/images/red", "/api/uploads/u2"];
const joined = { ...imageOf("joined"), input: { prompt: "a fox", image_input: images } };

test("several given pictures are shown in their order, kept ones small, and lead to their files", () => {
  render(<PicturePanel picture={pictureOf(joined)} />);
  const pictures = screen.getAllByRole("img", { name: /^Number \d$/ });
  expect(pictures.map((picture) => picture.getAttribute("alt"))).toEqual(["Number 1", "Number 2", "Number 3"]);
  expect(pictures.map((picture) => picture.getAttribute("src"))).toEqual([
    "/api/uploads/u1",
    "/api/images/red?size=thumb",
    "/api/uploads/u2",
  ]);
  expect(pictures.map((picture) => picture.closest("a")?.getAttribute("href"))).toEqual(images);
  expect(document.body.textContent).not.toContain("/api/");
});

test("one that has been deleted since is said to be gone, and leads nowhere", () => {
  render(<PicturePanel picture={pictureOf(joined)} />);
  fireEvent.error(screen.getByRole("img", { name: "Number 2" }));
  expect(screen.getByText("Gone").closest("a")).toBeNull();
  expect(screen.getAllByRole("img", { name: /^Number \d$/ })).toHaveLength(2);
});
