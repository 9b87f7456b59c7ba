import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gallery } from "@/components/gallery/gallery";
import type { LoadOlder } from "@/components/gallery/use-older";
import type { GalleryImage } from "@/lib/images/schema";
import { keptImage } from "../generate/fixtures";

// jsdom has neither the top layer nor a layout.
beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  vi.stubGlobal("IntersectionObserver", NoLayout);
});
afterEach(() => vi.unstubAllGlobals());

class NoLayout {
  observe() {}
  disconnect() {}
}

function imageOf(name: string): GalleryImage {
  return {
    ...keptImage,
    id: `id-${name}`,
    url: `/api/images/id-${name}`,
    thumb_url: `/api/images/id-${name}?size=thumb`,
    prediction_id: "p1",
    prompt: `a ${name} fox`,
    model: "stability-ai/sdxl",
    input: { prompt: `a ${name} fox`, num_inference_steps: 30 },
    favorite: false,
    share_token: null,
    created_at: "2026-11-01T10:00:00.000Z",
  };
}

const first = { results: ["red", "blue", "grey", "white", "old"].map(imageOf), next: "c1" };
const older = { results: [imageOf("older")], next: null };

test("the pictures are small in the rows, and link to the original without script", () => {
  render(<Gallery first={first} query="" loadOlder={vi.fn<LoadOlder>()} />);
  const picture = screen.getByRole("img", { name: "a red fox" });
  expect(picture.getAttribute("src")).toBe("/api/images/id-red?size=thumb");
  expect(picture.closest("a")?.getAttribute("href")).toBe("/api/images/id-red");
});

test("the way to older pictures is a link that keeps the search, and with script brings them here", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockResolvedValue(older);
  render(<Gallery first={first} query="fox" loadOlder={loadOlder} />);
  const link = screen.getByRole("link", { name: "Older" });
  expect(link.getAttribute("href")).toBe("/dashboard/gallery?q=fox&cursor=c1");
  await userEvent.click(link);
  expect(loadOlder).toHaveBeenCalledExactlyOnceWith({ cursor: "c1", query: "fox" });
  expect(screen.getByRole("img", { name: "a older fox" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Older" })).toBeNull();
});

test("older pictures that do not arrive can be asked for again", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(older);
  render(<Gallery first={first} query="" loadOlder={loadOlder} />);
  await userEvent.click(screen.getByRole("link", { name: "Older" }));
  await userEvent.click(screen.getByRole("link", { name: "Try again" }));
  expect(screen.getByRole("img", { name: "a older fox" })).toBeTruthy();
});

test("the viewer shows the original and what it was made from, and the arrow keys go on", async () => {
  render(<Gallery first={first} query="" loadOlder={vi.fn<LoadOlder>()} />);
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  const viewer = () => screen.getByRole("dialog", { name: "Picture" });
  expect(viewer().querySelector("img")?.getAttribute("src")).toBe("/api/images/id-red");
  expect(viewer().textContent).toContain("Num inference steps30");
  await userEvent.keyboard("{ArrowRight}");
  expect(viewer().querySelector("img")?.getAttribute("src")).toBe("/api/images/id-blue");
  expect(screen.getByRole("link", { name: "Remix" }).getAttribute("href")).toBe("/dashboard/generate?from=id-blue");
});

test("going on near the end asks for older pictures", async () => {
  const loadOlder = vi.fn<LoadOlder>().mockResolvedValue(older);
  render(<Gallery first={first} query="" loadOlder={loadOlder} />);
  await userEvent.click(screen.getByRole("link", { name: "a blue fox" }));
  expect(loadOlder).not.toHaveBeenCalled();
  await userEvent.keyboard("{ArrowRight}");
  expect(loadOlder).toHaveBeenCalledTimes(1);
});

test("the browser's Back closes the viewer", async () => {
  render(<Gallery first={first} query="" loadOlder={vi.fn<LoadOlder>()} />);
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  act(() => void window.dispatchEvent(new PopStateEvent("popstate")));
  expect(screen.queryByRole("dialog", { name: "Picture" })).toBeNull();
});
