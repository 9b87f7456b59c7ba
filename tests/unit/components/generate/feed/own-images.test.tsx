import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showDialogs } from "../../dialogs";
import { savedImage, predictionOf } from "../fixtures";
import { openStudio, promptInput } from "../open-studio";
import { stubRequests } from "../../stub-requests";

const push = vi.hoisted(() => vi.fn<(href: string) => void>());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push, refresh: () => {} }) }));

const ask = vi.fn<(path: string, init?: RequestInit) => Promise<Response>>();

beforeEach(() => {
  showDialogs();
  stubRequests(ask);
});
afterEach(() => {
  vi.unstubAllGlobals();
  ask.mockReset();
});

const [first, second] = ["red", "blue"].map((name, position) => ({
  ...savedImage,
  id: `id-${name}`,
  position,
  url: `/api/media/id-${name}`,
}));
const pair = predictionOf({
  status: "succeeded",
  output: ["/api/media/id-red", "/api/media/id-blue"],
  images: [first!, second!],
  completed_at: "2026-11-01T10:00:05.000Z",
  saved_at: "2026-11-01T10:00:06.000Z",
});

const card = () => within(screen.getByRole("article", { name: "a red fox" }));
const sources = () =>
  card()
    .getAllByRole("img")
    .map((item) => item.getAttribute("src"));
const press = async (name: string) => {
  const viewer = within(await screen.findByRole("dialog", { name: "Image" }));
  await userEvent.click(await viewer.findByRole("button", { name }));
};

test("a new image is marked as a favorite and shared in the viewer", async () => {
  openStudio({ predictions: [pair] });
  await userEvent.click(card().getAllByRole("img")[0]!);
  ask.mockResolvedValueOnce(Response.json({}));
  await press("Favorite");
  expect(ask).toHaveBeenLastCalledWith("/api/media/id-red", expect.objectContaining({ method: "PATCH" }));
  ask.mockResolvedValueOnce(Response.json({ share_token: "t1" }));
  await press("Share");
  const viewer = within(screen.getByRole("dialog", { name: "Image" }));
  expect(viewer.getByRole("link", { name: "Open the public page" }).getAttribute("href")).toBe("/s/t1");
  expect(viewer.getByRole("button", { name: "Favorite", pressed: true })).toBeTruthy();
  expect(card().getByRole("button", { name: "Favorite", pressed: true })).toBeTruthy();
});

test("a deleted image leaves its card, and undo brings it back", async () => {
  openStudio({ predictions: [pair] });
  await userEvent.click(card().getAllByRole("img")[0]!);
  ask.mockResolvedValueOnce(new Response(null, { status: 204 }));
  await press("Delete");
  expect(ask).toHaveBeenLastCalledWith("/api/media/id-red?undo=120", { method: "DELETE" });
  expect(sources()).toEqual(["/api/media/id-blue"]);
  expect(screen.queryByRole("dialog", { name: "Image" })).toBeNull();

  ask.mockResolvedValueOnce(Response.json({ restored: ["id-red"] }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sources()).toEqual(["/api/media/id-red", "/api/media/id-blue"]));
});

test("a card disappears with its last image, which can be deleted on the card", async () => {
  openStudio({ predictions: [pair] });
  ask.mockImplementation(async () => new Response(null, { status: 204 }));
  for (const _ of [first, second])
    await userEvent.click((await card().findAllByRole("button", { name: "Delete" }))[0]!);
  expect(screen.queryByRole("article")).toBeNull();
  ask.mockResolvedValueOnce(Response.json({ restored: ["id-blue"] }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sources()).toEqual(["/api/media/id-blue"]));
});

test("sharing on the card opens the viewer with the link", async () => {
  openStudio({ predictions: [pair] });
  ask.mockResolvedValueOnce(Response.json({ share_token: "t1" }));
  await userEvent.click((await card().findAllByRole("button", { name: "Share" }))[1]!);
  const viewer = within(await screen.findByRole("dialog", { name: "Image" }));
  expect(ask).toHaveBeenLastCalledWith("/api/media/id-blue/share", { method: "POST" });
  expect(viewer.getByRole("link", { name: "Open the public page" }).getAttribute("href")).toBe("/s/t1");
});

test("the open image is in the address, and one that is not in the feed is loaded", async () => {
  openStudio({ predictions: [pair] });
  await userEvent.click(card().getAllByRole("img")[1]!);
  await screen.findByRole("dialog", { name: "Image" });
  expect(new URLSearchParams(window.location.search).get("image")).toBe(`${pair.id}/1`);
  cleanup();
  ask.mockImplementation(async () => Response.json(pair));
  openStudio();
  const viewer = within(await screen.findByRole("dialog", { name: "Image" }));
  expect(viewer.getByRole("img").getAttribute("src")).toBe("/api/media/id-blue");
  expect(ask).toHaveBeenCalledWith(`/api/replicate/${pair.id}`, expect.anything());
  await userEvent.keyboard("{ArrowLeft}");
  expect(viewer.getByRole("img").getAttribute("src")).toBe("/api/media/id-red");
});

test("an open image that is not in the feed can be varied, too", async () => {
  ask.mockImplementation(async (_path, init) => Response.json(init?.method === "POST" ? predictionOf() : pair));
  window.history.replaceState(null, "", `/dashboard/generate?image=${pair.id}/1`);
  openStudio();
  await press("Vary");
  const body = JSON.stringify({ model: pair.model, input: pair.input });
  expect(ask).toHaveBeenCalledWith("/api/replicate", expect.objectContaining({ method: "POST", body }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Image" })).toBeNull());
});

test("the description of an image becomes the prompt, and the viewer closes", async () => {
  const words = { tool: "describe", status: "succeeded", output: ["a fox at dawn"] } as const;
  openStudio({ predictions: [pair] });
  await userEvent.click(card().getAllByRole("img")[0]!);
  ask.mockImplementation(async () => Response.json(predictionOf(words)));
  await press("Describe");
  await press("Use as prompt");
  await waitFor(() => expect(promptInput().value).toBe("a fox at dawn"));
  expect(screen.queryByRole("dialog", { name: "Image" })).toBeNull();
});

test("an image that is gone says so", async () => {
  ask.mockImplementation(async () => Response.json({}, { status: 404 }));
  window.history.replaceState(null, "", `/dashboard/generate?image=${pair.id}/0`);
  openStudio();
  expect(await screen.findByRole("heading", { name: "This file was not found" })).toBeTruthy();
});

test("editing the settings goes back from the image first: then another model's form can open, and Back leads to the page", async () => {
  openStudio({ predictions: [{ ...pair, model: "black-forest-labs/flux-schnell" }] });
  await userEvent.click(card().getAllByRole("img")[0]!);
  const back = vi.spyOn(window.history, "back");
  push.mockImplementation(() => expect(window.location.search).toBe(""));
  await press("Use these settings");
  await waitFor(() => expect(push).toHaveBeenCalledWith("/dashboard/generate?model=black-forest-labs/flux-schnell"));
  expect([push.mock.calls.length, back.mock.calls.length]).toEqual([1, 1]);
});
