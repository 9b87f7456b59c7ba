import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Uploads } from "@/components/gallery/uploads/uploads";
import type { Upload } from "@/lib/media/schema";
import { stubFetch } from "../stub-fetch";

const send = stubFetch();

function uploadOf(id: string, changes: Partial<Upload> = {}): Upload {
  return {
    id,
    url: `/api/uploads/${id}`,
    thumb_url: `/api/uploads/${id}?size=thumb`,
    name: `${id}.png`,
    kind: "image",
    content_type: "image/png",
    width: 96,
    height: 64,
    duration_ms: null,
    bytes: 1_400_000,
    created_at: "2026-11-21T10:00:00.000Z",
    expires_at: "2026-12-05T10:00:00.000Z",
    ...changes,
  };
}
const clip = {
  thumb_url: null,
  name: "clip.mp4",
  kind: "video",
  content_type: "video/mp4",
  duration_ms: 9000,
} as const;

function open(next: string | null = null) {
  render(<Uploads first={{ results: [uploadOf("fox"), uploadOf("clip", clip)], next }}>No uploads</Uploads>);
}
const names = () =>
  screen.queryAllByRole("listitem").map((item) => within(item).getByRole("link").getAttribute("href"));
const requests = () => send.mock.calls.map(([path, init]) => `${init?.method ?? "GET"} ${String(path)}`);

test("each upload says what it is and until when it is kept, and links to its file", () => {
  open();
  expect(names()).toEqual(["/api/uploads/fox", "/api/uploads/clip"]);
  expect(screen.getByText("MP4 · 0:09 · 1.4 MB")).toBeTruthy();
  expect(screen.getAllByText(/Kept until/)[0]?.textContent).toContain("5 Dec 2026");
});

test("an image without a thumbnail, such as an SVG, is shown itself", () => {
  const drawing = uploadOf("drawing", { thumb_url: null, content_type: "image/svg+xml" });
  render(<Uploads first={{ results: [drawing, uploadOf("clip", clip)], next: null }}>No uploads</Uploads>);
  expect([...document.images].map(({ src }) => new URL(src).pathname)).toEqual(["/api/uploads/drawing"]);
});

test("an upload is deleted, and the deletion can be undone", async () => {
  send.mockImplementation(async (path) =>
    path === "/api/uploads/restore" ? Response.json({ restored: ["fox"] }) : new Response(null, { status: 204 }),
  );
  open();
  await userEvent.click(screen.getByRole("button", { name: "Delete fox.png" }));
  await waitFor(() => expect(names()).toEqual(["/api/uploads/clip"]));
  expect(screen.getByText("Upload deleted")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(names()).toHaveLength(2));
  expect(requests()).toEqual(["DELETE /api/uploads/fox?undo=120", "POST /api/uploads/restore"]);
});

test("without any upload left, the page says so", async () => {
  send.mockResolvedValue(new Response(null, { status: 404 }));
  open();
  for (const name of ["fox.png", "clip.mp4"]) {
    await userEvent.click(screen.getByRole("button", { name: `Delete ${name}` }));
    await waitFor(() => expect(screen.queryByRole("button", { name: `Delete ${name}` })).toBeNull());
  }
  expect(screen.getByText("No uploads")).toBeTruthy();
});

test.each([
  [503, "The upload could not be deleted. Try again."],
  [401, /You are signed out/],
])("a deletion that fails with %i is explained, and the upload stays", async (status, words) => {
  send.mockResolvedValue(new Response(null, { status }));
  open();
  await userEvent.click(screen.getByRole("button", { name: "Delete fox.png" }));
  expect(await screen.findByText(words)).toBeTruthy();
  expect(names()).toHaveLength(2);
});

test("older uploads are added to the list", async () => {
  send.mockResolvedValue(Response.json({ results: [uploadOf("owl")], next: null }));
  open("the cursor");
  await act(async () => screen.getByRole("link", { name: "Show older" }).click());
  await waitFor(() => expect(names()).toHaveLength(3));
  expect(requests()).toEqual(["GET /api/uploads?cursor=the%20cursor"]);
});
