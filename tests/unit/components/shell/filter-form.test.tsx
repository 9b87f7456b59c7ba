import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { GalleryFilters } from "@/components/gallery/gallery-filters";
import { HistoryFilters } from "@/components/history/history-filters";

const choices = { kinds: ["image" as const], models: ["stability-ai/sdxl"], tools: [] };
const details = () => document.querySelector("details");
const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

test("the form is open when one of its filters is set, and Clear removes only these", () => {
  const from = "2026-11-01";
  render(<GalleryFilters filter={{ q: "fox", favorites: "1", model: "a/fox", from }} choices={choices} />);
  expect(details()?.open).toBe(true);
  expect(screen.getByText("Filter (2)")).toBeTruthy();
  expect(href("Clear")).toBe("/dashboard/gallery?q=fox&favorites=1");
  expect(Object.fromEntries(new FormData(document.querySelector("form") ?? undefined))).toEqual({
    q: "fox",
    favorites: "1",
    model: "a/fox",
    from,
    to: "",
  });
});

test("the form is closed without its filters, and a tab keeps the other parameters", () => {
  const { unmount } = render(<GalleryFilters filter={{ q: "fox", favorites: "1" }} choices={choices} />);
  expect(details()?.open).toBe(false);
  expect(screen.getByRole("link", { current: true }).textContent).toContain("Favorites");
  expect(href("All")).toBe("/dashboard/gallery?q=fox");
  unmount();
  render(<HistoryFilters filter={{ model: "stability-ai/sdxl" }} models={choices.models} />);
  expect(screen.getByRole("link", { current: true }).textContent).toContain("All");
  expect(href("Failed")).toBe("/dashboard/history?model=stability-ai%2Fsdxl&status=failed");
});

test("kinds are offered when there is more than one, and combine with the other filters", () => {
  const filter = { favorites: "1" as const };
  const { rerender } = render(<GalleryFilters filter={filter} choices={choices} />);
  expect(screen.queryByRole("navigation", { name: "Kind" })).toBeNull();
  rerender(<GalleryFilters filter={filter} choices={{ ...choices, kinds: ["image", "audio", "model3d"] }} />);
  const links = within(screen.getByRole("navigation", { name: "Kind" })).getAllByRole("link");
  expect(links.map((link) => `${link.textContent?.trim()} ${link.getAttribute("href")}`)).toEqual([
    "All kinds /dashboard/gallery?favorites=1",
    "Images /dashboard/gallery?favorites=1&kind=image",
    "Sounds /dashboard/gallery?favorites=1&kind=audio",
    "3D /dashboard/gallery?favorites=1&kind=model3d",
  ]);
});

test("a kind in the URL can be removed, even if nothing else is there", () => {
  render(<GalleryFilters filter={{ kind: "video" }} choices={choices} />);
  expect(href("All kinds")).toBe("/dashboard/gallery");
  expect(screen.getByRole("link", { current: true, name: "Videos" })).toBeTruthy();
});
