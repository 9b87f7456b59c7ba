import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Details } from "@/components/viewer/details";
import { toMediaItem } from "@/components/media/item";
import { imageOf } from "../gallery/image";

const images = ["/api/uploads/u1", "/api/media/red", "/api/uploads/u2"];
const joined = { ...imageOf("joined"), input: { prompt: "a fox", image_input: images } };

test("input images are shown small, in their order, and link to their files", () => {
  render(<Details item={toMediaItem(joined)} />);
  const items = screen.getAllByRole("img", { name: /^Number \d$/ });
  expect(items.map((item) => item.getAttribute("alt"))).toEqual(["Number 1", "Number 2", "Number 3"]);
  expect(items.map((item) => item.getAttribute("src"))).toEqual([
    "/api/uploads/u1",
    "/api/media/red?size=thumb",
    "/api/uploads/u2",
  ]);
  expect(items.map((item) => item.closest("a")?.getAttribute("href"))).toEqual(images);
  expect(document.body.textContent).not.toContain("/api/");
});

test("a deleted input image is shown as gone, without a link", () => {
  render(<Details item={toMediaItem(joined)} />);
  fireEvent.error(screen.getByRole("img", { name: "Number 2" }));
  expect(screen.getByText("Gone").closest("a")).toBeNull();
  expect(screen.getAllByRole("img", { name: /^Number \d$/ })).toHaveLength(2);
});
