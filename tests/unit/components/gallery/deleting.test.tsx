import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { Gallery, type LoadOlder } from "@/components/gallery/gallery";
import { UndoBar } from "@/components/media/undo-bar";
import { imageOf } from "./image";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const first = { results: ["red", "blue", "grey", "white", "old"].map(imageOf), next: null };
const select = (name: string) => screen.getByRole("checkbox", { name: `Select: a ${name} fox` });

const findItem = vi.fn<never>();
afterEach(() => vi.unstubAllGlobals());

test("the selected images are deleted together, and restored together", async () => {
  const ask = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
  vi.stubGlobal("fetch", ask);
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  await userEvent.click(select("red"));
  await userEvent.click(select("old"));
  await screen.findByRole("region", { name: "Selection" });

  ask.mockRejectedValueOnce(new TypeError("network"));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(screen.getByText("The images could not be deleted. Try again.")).toBeTruthy();

  ask.mockResolvedValueOnce(Response.json({ deleted: ["id-red", "id-old"] }));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  const body = JSON.stringify({ ids: ["id-red", "id-old"] });
  expect(ask).toHaveBeenLastCalledWith("/api/media?undo=120", expect.objectContaining({ method: "DELETE", body }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(3);
  expect(screen.getByText("2 images deleted", { selector: "div p" })).toBeTruthy();

  ask.mockResolvedValueOnce(Response.json({ restored: ["id-red", "id-old"] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(ask).toHaveBeenLastCalledWith("/api/media/restore", expect.objectContaining({ method: "POST", body }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(5);
});

/** Selects the images with these names and deletes them. The server responds with `answer`. Returns the mock of `fetch`. */
async function deleteThese(names: string[], answer: object) {
  const ask = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
  vi.stubGlobal("fetch", ask);
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  for (const name of names) await userEvent.click(select(name));
  await screen.findByRole("region", { name: "Selection" });
  ask.mockResolvedValueOnce(Response.json(answer));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  return ask;
}

test("while images are restored the bar says so, and the request survives leaving the page", async () => {
  const ask = await deleteThese(["red"], { deleted: ["id-red"] });
  const { promise, resolve } = Promise.withResolvers<Response>();
  ask.mockReturnValueOnce(promise);
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByText("Restoring…")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Undo" }).disabled).toBe(true);
  expect(ask).toHaveBeenLastCalledWith("/api/media/restore", expect.objectContaining({ keepalive: true }));
  await act(async () => resolve(Response.json({ restored: ["id-red"] })));
  expect(screen.queryByText("Restoring…")).toBeNull();
});

test("one undo restores two deletions in quick succession", async () => {
  const ask = await deleteThese(["red"], { deleted: ["id-red"] });
  await userEvent.click(select("blue"));
  const bar = within(await screen.findByRole("region", { name: "Selection" }));
  ask.mockResolvedValueOnce(Response.json({ deleted: ["id-blue"] }));
  await userEvent.click(bar.getByRole("button", { name: "Delete" }));
  ask.mockResolvedValueOnce(Response.json({ restored: ["id-red", "id-blue"] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  const body = JSON.stringify({ ids: ["id-red", "id-blue"] });
  expect(ask).toHaveBeenLastCalledWith("/api/media/restore", expect.objectContaining({ method: "POST", body }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(5);
});

test("deleting while signed out shows a message with a link to sign in", async () => {
  const ask = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
  vi.stubGlobal("fetch", ask);
  render(<Gallery first={first} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  await userEvent.click(select("red"));
  const bar = within(await screen.findByRole("region", { name: "Selection" }));
  ask.mockResolvedValueOnce(Response.json({ detail: "Sign in first." }, { status: 401 }));
  await userEvent.click(bar.getByRole("button", { name: "Delete" }));
  expect(bar.getByText(/^You are signed out\./)).toBeTruthy();
  expect(bar.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("an undo whose request fails can be tried again", async () => {
  const ask = await deleteThese(["red", "old"], { deleted: ["id-red", "id-old"] });
  ask.mockRejectedValueOnce(new TypeError("network"));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByText("Couldn't undo. Try again.")).toBeTruthy();
  expect(screen.getAllByRole("checkbox")).toHaveLength(3);

  ask.mockResolvedValueOnce(Response.json({ restored: ["id-red", "id-old"] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(5);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("undoing while signed out links to sign-in, and works afterwards", async () => {
  const ask = await deleteThese(["red"], { deleted: ["id-red"] });
  ask.mockResolvedValueOnce(Response.json({ detail: "Sign in first." }, { status: 401 }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByText(/^You are signed out\./).textContent).toContain("in another tab, then press Undo again.");
  const link = screen.getByRole("link", { name: "Sign in" });
  expect([link.getAttribute("href"), link.getAttribute("target")]).toEqual(["/login?next=%2F", "_blank"]);

  ask.mockResolvedValueOnce(Response.json({ restored: ["id-red"] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(5);
});

test("an undo that comes too late is announced", async () => {
  const ask = await deleteThese(["red", "old"], { deleted: ["id-red", "id-old"] });
  ask.mockResolvedValueOnce(Response.json({ restored: ["id-old"] }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByText("Image deleted. It is too late to undo this.")).toBeTruthy();
  expect(screen.getAllByRole("checkbox")).toHaveLength(4);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("files of different kinds are called files", async () => {
  const clip = { ...imageOf("blue"), kind: "video" as const };
  vi.stubGlobal("fetch", async () => Response.json({ deleted: ["id-red", "id-blue"] }));
  const page = { results: [imageOf("red"), clip, imageOf("old")], next: null };
  render(<Gallery first={page} filter={{}} loadOlder={vi.fn<LoadOlder>()} findItem={findItem} />);
  await userEvent.click(select("red"));
  await userEvent.click(select("blue"));
  await userEvent.click(within(await screen.findByRole("region", { name: "Selection" })).getByText("Delete"));
  expect(screen.getByText("2 files deleted", { selector: "div p" })).toBeTruthy();
});

test("an image deleted in another tab disappears here when it is deleted", async () => {
  await deleteThese(["red", "old"], { deleted: ["id-old"] });
  expect(screen.getAllByRole("checkbox")).toHaveLength(3);
  expect(screen.queryByRole("region", { name: "Selection" })).toBeNull();
});

test("undo is offered for 14 s, and for as long as the server waits when the user has to sign in first", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  const onEnd = vi.fn<() => void>();
  render(<UndoBar ids={["id-red"]} noun="image" onRestored={() => {}} onEnd={onEnd} />);
  await act(() => vi.advanceTimersByTimeAsync(13_000));
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await act(() => vi.advanceTimersByTimeAsync(0));
  await act(() => vi.advanceTimersByTimeAsync(100_000));
  expect(onEnd).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(6_000));
  expect(onEnd).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
