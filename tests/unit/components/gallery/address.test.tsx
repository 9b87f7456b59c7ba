import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gallery } from "@/components/gallery/gallery";
import { showDialogs } from "../dialogs";
import { imageOf } from "./image";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

type Props = Parameters<typeof Gallery>[0];
const findItem = vi.fn<Props["findItem"]>();

beforeEach(showDialogs);
afterEach(() => findItem.mockReset());

function openAt(address: string, names = ["red", "blue"]) {
  window.history.replaceState(null, "", address);
  const first = { results: names.map(imageOf), next: null };
  render(
    <Gallery first={first} filter={{}} loadOlder={vi.fn<never>()} findItem={findItem}>
      {names.length > 0 ? null : "No images yet"}
    </Gallery>,
  );
}

const address = () => window.location.pathname + window.location.search;
const dialog = () => screen.queryByRole("dialog", { name: "Image" });
const shown = async () =>
  within(await screen.findByRole("dialog", { name: "Image" }))
    .getByRole("img")
    .getAttribute("src");

test("the open image is added to the address, Back closes it, and Forward opens it again", async () => {
  // Several test files share one browser history. If an earlier test went back, later entries exist. A new entry removes them.
  window.history.pushState(null, "");
  openAt("/dashboard/gallery?q=fox");
  const entries = window.history.length;
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  await screen.findByRole("dialog", { name: "Image" });
  expect(address()).toBe("/dashboard/gallery?q=fox&image=id-red");
  await userEvent.keyboard("{ArrowRight}");
  expect([address(), window.history.length]).toEqual(["/dashboard/gallery?q=fox&image=id-blue", entries + 1]);

  act(() => window.history.back());
  await waitFor(() => expect(dialog()).toBeNull());
  expect(address()).toBe("/dashboard/gallery?q=fox");
  act(() => window.history.forward());
  expect(await shown()).toBe("/api/media/id-blue");
});

test("closing an image goes back to the entry where it was opened", async () => {
  openAt("/dashboard/gallery");
  await userEvent.click(screen.getByRole("link", { name: "a red fox" }));
  await userEvent.click(await screen.findByRole("button", { name: "Close" }));
  expect(dialog()).toBeNull();
  await waitFor(() => expect(address()).toBe("/dashboard/gallery"));
});

test("an image in the address is open at once, and closing it stays on the page", async () => {
  const back = vi.spyOn(window.history, "back");
  openAt("/dashboard/gallery?image=id-blue");
  expect(await shown()).toBe("/api/media/id-blue");
  expect(findItem).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect([dialog(), address(), back.mock.calls]).toEqual([null, "/dashboard/gallery", []]);
});

/** Simulates a reload of the page `address`. The previous entry of the browser's history is the page `before`. */
function reloadAt(before: string, address: string) {
  window.history.replaceState(null, "", before);
  window.history.pushState(null, "", address);
  const entries = [before, address].map((path) => ({ url: new URL(path, window.location.href).href }));
  vi.stubGlobal("navigation", { currentEntry: { index: 1 }, entries: () => entries });
}

test.each([
  ["/dashboard/gallery?q=red%20fox", 1],
  ["/dashboard/gallery?q=red%20fox&image=id-red", 0],
  ["/dashboard/history", 0],
])("closing an image after a reload, with %s as the entry before, goes back %i times", async (before, times) => {
  const open = "/dashboard/gallery?q=red+fox&image=id-blue";
  reloadAt(before, open);
  openAt(open);
  const back = vi.spyOn(window.history, "back");
  await userEvent.click(await screen.findByRole("button", { name: "Close" }));
  expect([dialog(), back.mock.calls.length]).toEqual([null, times]);
  await waitFor(() => expect(new URLSearchParams(window.location.search).get("q")).toBe("red fox"));
  await waitFor(() => expect(new URLSearchParams(window.location.search).has("image")).toBe(false));
  vi.unstubAllGlobals();
});

test("an image of another page is fetched, and can be changed like the others", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ share_token: "t1" }));
  findItem.mockResolvedValueOnce([imageOf("old")]);
  openAt("/dashboard/gallery?image=id-old");
  expect(await shown()).toBe("/api/media/id-old");
  expect(findItem).toHaveBeenCalledExactlyOnceWith("id-old");
  expect(screen.queryByRole("link", { name: "a old fox" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Share" }));
  expect(screen.getByRole("link", { name: "Open the public page" }).getAttribute("href")).toBe("/s/t1");
  vi.unstubAllGlobals();
});

test("a deleted image shows a message, also when the gallery is empty", async () => {
  findItem.mockResolvedValueOnce([]);
  openAt("/dashboard/gallery?image=id-gone", []);
  expect(await screen.findByRole("heading", { name: "This file was not found" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect([dialog(), address()]).toEqual([null, "/dashboard/gallery"]);
  expect(screen.getByText("No images yet")).toBeTruthy();
});

test("an image that could not be loaded can be tried again", async () => {
  findItem.mockResolvedValueOnce(null).mockResolvedValueOnce([imageOf("old")]);
  openAt("/dashboard/gallery?image=id-old");
  expect(await screen.findByRole("heading", { name: "The file could not be loaded" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await shown()).toBe("/api/media/id-old");
});
