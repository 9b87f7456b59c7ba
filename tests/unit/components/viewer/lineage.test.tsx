import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Viewer } from "@/components/viewer/viewer";
import { toMediaItem, toJobMediaItem } from "@/components/media/media-item";
import type { GalleryMedia } from "@/lib/media/schema";
import { imageOf } from "../gallery/image";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const send = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
// jsdom has no methods that open and close a dialog, and no `setPointerCapture`.
beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
  Object.assign(HTMLElement.prototype, { setPointerCapture() {} });
  vi.stubGlobal("fetch", send);
});
afterEach(() => {
  vi.unstubAllGlobals();
  send.mockReset();
  onChange.mockReset();
  window.history.replaceState(null, "", "/dashboard/gallery");
});

const upscaled: GalleryMedia = { ...imageOf("large"), prompt: "", tool: "upscale", subject: "a red fox", input: {} };
const older: GalleryMedia = { ...imageOf("older"), prediction_id: "p3" };
const red: GalleryMedia = { ...imageOf("red"), prediction_id: "p2" };

const find = vi.fn<() => Promise<never>>(async () => Promise.reject(new TypeError("network")));
const onChange = vi.fn<() => void>();

function TestViewer({ listed, toImage }: { listed: GalleryMedia[]; toImage: typeof toMediaItem }) {
  return (
    <Viewer
      items={listed.map(toImage)}
      toItem={toImage}
      find={find}
      changes={new Map()}
      onChange={onChange}
      onDelete={() => {}}
    />
  );
}

/** Opens the upscaled image. It was made from the red image, which was made from an older image. */
function open(listed: GalleryMedia[] = [upscaled], toImage = toMediaItem) {
  const families: Record<string, object> = {
    [`/api/media/${upscaled.id}/lineage`]: { parents: [red, older], children: [] },
    [`/api/media/${red.id}/lineage`]: { parents: [older], children: [upscaled] },
  };
  send.mockImplementation(async (path) => Response.json(families[path] ?? {}));
  window.history.replaceState(null, "", `?${new URLSearchParams({ image: toImage(upscaled).key })}`);
  render(<TestViewer listed={listed} toImage={toImage} />);
}

const named = () => new URLSearchParams(window.location.search).get("image");

const list = async (name: string) => within(await screen.findByRole("region", { name, hidden: true }));
const link = { hidden: true } as const;
const opened = () => document.querySelector("dialog img")?.getAttribute("src");

test("the parents of an image are listed, the nearest first, and open with an address of their own", async () => {
  open();
  const parents = await list("Generated from");
  const links = parents.getAllByRole("link", link);
  expect(links.map((one) => one.getAttribute("href"))).toEqual([red.url, older.url]);
  await userEvent.click(links[0]!);
  expect([opened(), named()]).toEqual([red.url, red.id]);
  const children = await list("Generated from this file");
  await userEvent.click(children.getByRole("link", { name: "Upscaled from “a red fox”", hidden: true }));
  expect([opened(), named()]).toEqual([upscaled.url, upscaled.id]);
  expect(find).not.toHaveBeenCalled();
});

test("a relative that is not on the page can be changed, and has the neighbours of the open image", async () => {
  open([upscaled, imageOf("next")]);
  await userEvent.click((await list("Generated from")).getByRole("link", { name: "a red fox", hidden: true }));
  expect(screen.getByRole("button", { name: "Vary", hidden: true })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Favorite", hidden: true }));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(onChange).toHaveBeenCalledExactlyOnceWith([red.id], { favorite: true });
  fireEvent.keyDown(document.body, { key: "ArrowRight" });
  expect([opened(), named()]).toEqual([imageOf("next").url, "id-next"]);
});

test("among the images of jobs, the key of a relative names its own prediction", async () => {
  open([upscaled], toJobMediaItem);
  await userEvent.click((await list("Generated from")).getByRole("link", { name: "a red fox", hidden: true }));
  expect([opened(), named()]).toEqual([red.url, `${red.prediction_id}/${red.position}`]);
});

test("the viewer works when the relatives cannot be loaded", async () => {
  send.mockRejectedValue(new TypeError("network"));
  window.history.replaceState(null, "", `?image=${upscaled.id}`);
  render(<TestViewer listed={[upscaled]} toImage={toMediaItem} />);
  await vi.waitFor(() => expect(send).toHaveBeenCalled());
  expect(screen.queryByRole("button", { name: "Compare before and after", hidden: true })).toBeNull();
});

test("Delete first aborts the request for the relatives, which would fail for a deleted image", async () => {
  const requests: string[] = [];
  send.mockImplementation(async (path, { method = "GET", signal }) => {
    requests.push(`${method} ${path}`);
    signal?.addEventListener("abort", () => requests.push("aborted"));
    return new Promise<never>(() => {});
  });
  window.history.replaceState(null, "", `?image=${upscaled.id}`);
  render(<TestViewer listed={[upscaled]} toImage={toMediaItem} />);
  await userEvent.click(screen.getByRole("button", { name: "Delete", hidden: true }));
  expect(requests).toEqual([
    `GET /api/media/${upscaled.id}/lineage`,
    "aborted",
    `DELETE /api/media/${upscaled.id}?undo=120`,
  ]);
});

async function compare() {
  open([upscaled, imageOf("next")]);
  await userEvent.click(await screen.findByRole("button", { name: "Compare before and after", hidden: true }));
  const slider = screen.getByRole<HTMLInputElement>("slider", { name: "Before and after", hidden: true });
  return { slider, box: slider.parentElement! };
}

test("before and after lie over each other, both labelled", async () => {
  const { slider } = await compare();
  const before = screen.getByRole("img", { name: "Before: a red fox", hidden: true });
  const after = screen.getByRole("img", { name: "After: Upscaled from “a red fox”", hidden: true });
  expect([before.getAttribute("src"), after.getAttribute("src")]).toEqual([red.url, upscaled.url]);
  expect(slider.getAttribute("aria-valuetext")).toBe("50 % before, 50 % after");
  await userEvent.click(screen.getByRole("button", { name: "Compare before and after", hidden: true, pressed: true }));
  expect(screen.queryByRole("slider", { hidden: true })).toBeNull();
});

test("a video is not compared with the image that it was made from", async () => {
  const clip: GalleryMedia = { ...upscaled, kind: "video", content_type: "video/webm", thumb_url: null };
  open([clip]);
  await list("Generated from");
  expect(screen.queryByRole("button", { name: "Compare before and after", hidden: true })).toBeNull();
});

test("the border moves by keyboard, and the arrow keys do not change the image meanwhile", async () => {
  const { slider } = await compare();
  fireEvent.change(slider, { target: { value: "80" } });
  expect(slider.getAttribute("aria-valuetext")).toBe("80 % before, 20 % after");
  expect(screen.getByRole("img", { name: /^Before/, hidden: true }).style.clipPath).toBe("inset(0px 20% 0px 0px)");
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(named()).toBe(upscaled.id);
  fireEvent.keyDown(document.body, { key: "ArrowRight" });
  expect(named()).toBe("id-next");
});

test("the border follows a pressed pointer, and a finger on it is not a swipe", async () => {
  const { slider, box } = await compare();
  box.getBoundingClientRect = () => new DOMRect(100, 0, 200, 100);
  fireEvent.pointerDown(box, { clientX: 150, buttons: 1 });
  expect(slider.value).toBe("25");
  fireEvent.pointerMove(box, { clientX: 900, buttons: 1 });
  expect(slider.value).toBe("100");
  fireEvent.pointerMove(box, { clientX: 150, buttons: 0 });
  expect(slider.value).toBe("100");
  fireEvent.touchStart(box, { touches: [{ clientX: 290, clientY: 10 }] });
  fireEvent.touchEnd(box, { changedTouches: [{ clientX: 110, clientY: 10 }] });
  expect(named()).toBe(upscaled.id);
});
