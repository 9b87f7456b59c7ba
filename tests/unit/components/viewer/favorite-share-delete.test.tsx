import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { FavoriteShareDelete } from "@/components/viewer/favorite-share-delete";
import type { MediaItem } from "@/components/media/media-item";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import type { MediaKind } from "@/lib/media/schema";

const send = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
vi.stubGlobal("fetch", send);
afterEach(() => send.mockReset());

function renderActions(
  shareToken: string | null = null,
  kind: MediaKind = "image",
  sharing: MediaItem["sharing"] = "allowed",
) {
  const onChange = vi.fn<ItemCallbacks["onChange"]>();
  const onDelete = vi.fn<ItemCallbacks["onDelete"]>();
  const item = { kind, favorite: false, share_token: shareToken, sharing };
  render(<FavoriteShareDelete id="p1" item={item} onChange={onChange} onBeforeDelete={() => {}} onDelete={onDelete} />);
  return { onChange, onDelete };
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("sharing asks for the link", async () => {
  send.mockResolvedValue(Response.json({ share_token: "t1" }));
  const { onChange } = renderActions();
  await press("Share");
  expect(send).toHaveBeenCalledExactlyOnceWith("/api/media/p1/share", { method: "POST" });
  expect(onChange).toHaveBeenCalledExactlyOnceWith(["p1"], { share_token: "t1" });
});

test("a shared image shows its link, and is private again in one click", async () => {
  send.mockResolvedValue(new Response(null, { status: 204 }));
  const { onChange } = renderActions("t1");
  expect(screen.getByRole("link", { name: "Open the public page" }).getAttribute("href")).toBe("/s/t1");
  await press("Make private");
  expect(onChange).toHaveBeenCalledExactlyOnceWith(["p1"], { share_token: null });
});

test("where nobody may share, there is no button, and a shared file can only be made private", () => {
  renderActions(null, "image", "off");
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull();
  renderActions("t1", "image", "off");
  expect(screen.getByRole("button", { name: "Make private" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Open the public page" })).toBeNull();
});

test("the owner is told that an administrator has ended the sharing, and cannot share again", () => {
  renderActions(null, "video", "taken_down");
  expect(screen.getByText(/An administrator has ended the sharing of this video/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull();
});

test("deleting leaves time to undo", async () => {
  send.mockResolvedValue(new Response(null, { status: 204 }));
  const { onDelete } = renderActions();
  await press("Delete");
  expect(send).toHaveBeenCalledExactlyOnceWith("/api/media/p1?undo=120", { method: "DELETE" });
  expect(onDelete).toHaveBeenCalledOnce();
});

test("deleting an image that was deleted before succeeds", async () => {
  send.mockResolvedValue(new Response(null, { status: 404 }));
  const { onDelete } = renderActions();
  await press("Delete");
  expect(onDelete).toHaveBeenCalledOnce();
});

test("a failed action shows why, and nothing changes", async () => {
  send.mockResolvedValue(new Response(null, { status: 503 }));
  const { onDelete, onChange } = renderActions();
  await press("Delete");
  expect(screen.getByText("The image could not be deleted. Try again.")).toBeTruthy();
  await press("Favorite");
  expect(screen.getByText("The favorite could not be changed. Try again.")).toBeTruthy();
  expect([onDelete.mock.calls, onChange.mock.calls]).toEqual([[], []]);
});

test("the file is called what it is", async () => {
  send.mockResolvedValueOnce(new Response(null, { status: 503 }));
  const { onDelete } = renderActions(null, "video");
  await press("Delete");
  expect(screen.getByText("The video could not be deleted. Try again.")).toBeTruthy();
  send.mockResolvedValueOnce(new Response(null, { status: 204 }));
  await press("Delete");
  expect(onDelete).toHaveBeenCalledExactlyOnceWith(["p1"], "video");
});

test.each(["Favorite", "Share", "Delete"])(
  "%s says that the session is over, and signing in leads back here",
  async (name) => {
    send.mockResolvedValue(Response.json({ type: "unauthenticated", detail: "Sign in first." }, { status: 401 }));
    renderActions();
    await press(name);
    expect(screen.getByText(/^You are signed out\./).textContent).toContain("here or in another tab, then try again.");
    const here = encodeURIComponent(location.pathname + location.search);
    expect(screen.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe(`/login?next=${here}`);
  },
);
