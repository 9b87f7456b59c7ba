import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Details } from "@/components/viewer/details";
import { toMediaItem } from "@/components/media/media-item";
import { imageOf } from "../gallery/image";
import { stubFetch } from "../stub-fetch";

const send = stubFetch();
const images = [
  "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01",
  "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02",
  "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a02",
];
const joined = { ...imageOf("joined"), input: { prompt: "a fox", image_input: images } };

test("input images are shown small, in their order, and link to their files", () => {
  render(<Details item={toMediaItem(joined)} />);
  const items = screen.getAllByRole("img", { name: /^Input file \d$/ });
  expect(items.map((item) => item.getAttribute("alt"))).toEqual(["Input file 1", "Input file 2", "Input file 3"]);
  expect(items.map((item) => item.getAttribute("src"))).toEqual([
    "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01?size=thumb",
    "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02?size=thumb",
    "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a02?size=thumb",
  ]);
  expect(items.map((item) => item.closest("a")?.getAttribute("href"))).toEqual(images);
  expect(document.body.textContent).not.toContain("/api/");
});

test("a deleted input file is shown as missing, without a link", async () => {
  send.mockResolvedValue(new Response(null, { status: 404 }));
  render(<Details item={toMediaItem(joined)} />);
  fireEvent.error(screen.getByRole("img", { name: "Input file 2" }));
  expect((await screen.findByText("Missing")).closest("a")).toBeNull();
  expect(screen.getAllByRole("img", { name: /^Input file \d$/ })).toHaveLength(2);
});

test("an input file that is no image is shown with its type, and links to it", async () => {
  send.mockResolvedValue(new Response(null, { headers: { "content-type": "video/mp4" } }));
  render(<Details item={toMediaItem(joined)} />);
  fireEvent.error(screen.getByRole("img", { name: "Input file 1" }));
  expect((await screen.findByRole("link", { name: /File 1 ?MP4/ })).getAttribute("href")).toBe(images[0]);
});
