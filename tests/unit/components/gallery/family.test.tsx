import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PictureViewer } from "@/components/gallery/picture-viewer";
import { pictureOf } from "@/components/prediction/kept-picture";
import type { GalleryImage } from "@/lib/images/schema";
import { imageOf } from "./image";

const answer = vi.fn<(path: string) => Promise<Response>>();
// jsdom has neither the top layer nor pointers that can be held.
beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
  Object.assign(HTMLElement.prototype, { setPointerCapture() {} });
  vi.stubGlobal("fetch", answer);
});
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
});

const upscaled: GalleryImage = { ...imageOf("large"), prompt: "", tool: "upscale", subject: "a red fox", input: {} };
const red = imageOf("red");

/** Opens the upscaled picture, which was made from the red one, and that from an older one. */
function open(listed: GalleryImage[] = [upscaled]) {
  const onChange = vi.fn<(key: string | null) => void>();
  const families: Record<string, object> = {
    [`/api/images/${upscaled.id}/family`]: { parents: [red, imageOf("older")], children: [] },
    [`/api/images/${red.id}/family`]: { parents: [imageOf("older")], children: [upscaled] },
  };
  answer.mockImplementation(async (path) =>
    Response.json(families[path] ?? null, { status: families[path] ? 200 : 404 }),
  );
  render(
    <PictureViewer
      pictures={listed.map(pictureOf)}
      openKey={upscaled.id}
      onChange={onChange}
      actions={() => "actions"}
    />,
  );
  return onChange;
}

const list = async (name: string) => within(await screen.findByRole("region", { name, hidden: true }));
const link = { hidden: true } as const;
const opened = () => document.querySelector("dialog img")?.getAttribute("src");

test("what a picture was made from stands with it, the nearest first, and opens in its place", async () => {
  const onChange = open();
  const parents = await list("Made from");
  const links = parents.getAllByRole("link", link);
  expect(links.map((one) => one.getAttribute("href"))).toEqual([red.url, imageOf("older").url]);
  await userEvent.click(links[0]!);
  expect(opened()).toBe(red.url);
  // What is done to a picture is shown where it is listed.
  expect(screen.queryByText("actions")).toBeNull();
  const children = await list("Made from this");
  await userEvent.click(children.getByRole("link", { name: "Upscaled from “a red fox”", hidden: true }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(upscaled.id);
  expect([opened(), screen.queryByText("actions") !== null]).toEqual([upscaled.url, true]);
});

test("a relative that is in the list is gone to, and nothing is shown aside", async () => {
  const onChange = open([red, upscaled]);
  await userEvent.click((await list("Made from")).getByRole("link", { name: "a red fox", hidden: true }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(red.id);
});

test("where the relatives do not come, the viewer goes without them", async () => {
  answer.mockRejectedValue(new TypeError("network"));
  render(<PictureViewer pictures={[pictureOf(upscaled)]} openKey={upscaled.id} onChange={() => {}} />);
  await vi.waitFor(() => expect(answer).toHaveBeenCalled());
  expect(screen.queryByRole("button", { name: "Before and after", hidden: true })).toBeNull();
});

async function compare() {
  const onChange = open([upscaled, imageOf("next")]);
  await userEvent.click(await screen.findByRole("button", { name: "Before and after", hidden: true }));
  const slider = screen.getByRole<HTMLInputElement>("slider", { name: "Before and after", hidden: true });
  return { onChange, slider, box: slider.parentElement! };
}

test("before and after lie over each other, both with their words", async () => {
  const { slider } = await compare();
  const before = screen.getByRole("img", { name: "Before: a red fox", hidden: true });
  const after = screen.getByRole("img", { name: "After: Upscaled from “a red fox”", hidden: true });
  expect([before.getAttribute("src"), after.getAttribute("src")]).toEqual([red.url, upscaled.url]);
  expect(slider.getAttribute("aria-valuetext")).toBe("50 % before, 50 % after");
  await userEvent.click(screen.getByRole("button", { name: "Before and after", hidden: true, pressed: true }));
  expect(screen.queryByRole("slider", { hidden: true })).toBeNull();
});

test("the border moves by keyboard, and the arrow keys do not lead to another picture meanwhile", async () => {
  const { slider, onChange } = await compare();
  fireEvent.change(slider, { target: { value: "80" } });
  expect(slider.getAttribute("aria-valuetext")).toBe("80 % before, 20 % after");
  expect(screen.getByRole("img", { name: /^Before/, hidden: true }).style.clipPath).toBe("inset(0px 20% 0px 0px)");
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "ArrowRight" });
  expect(onChange).toHaveBeenCalledExactlyOnceWith("id-next");
});

test("it follows a pointer that is down, and a finger on it is no swipe", async () => {
  const { slider, box, onChange } = await compare();
  box.getBoundingClientRect = () => new DOMRect(100, 0, 200, 100);
  fireEvent.pointerDown(box, { clientX: 150, buttons: 1 });
  expect(slider.value).toBe("25");
  fireEvent.pointerMove(box, { clientX: 900, buttons: 1 });
  expect(slider.value).toBe("100");
  fireEvent.pointerMove(box, { clientX: 150, buttons: 0 });
  expect(slider.value).toBe("100");
  fireEvent.touchStart(box, { touches: [{ clientX: 290, clientY: 10 }] });
  fireEvent.touchEnd(box, { changedTouches: [{ clientX: 110, clientY: 10 }] });
  expect(onChange).not.toHaveBeenCalled();
});
