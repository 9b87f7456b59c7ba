import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Viewer } from "@/components/viewer/viewer";
import { toMediaItem } from "@/components/media/media-item";
import { imageOf } from "../gallery/image";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const ignore = () => {};
const find = async () => Promise.reject(new TypeError("network"));

test("when the viewer opens, no button takes the focus", () => {
  vi.stubGlobal("fetch", find);
  // A browser gives the focus to the element with `autofocus`, or else to the first control. This fake records its tag.
  const focused: (string | undefined)[] = [];
  const showModal = function (this: HTMLDialogElement) {
    focused.push(this.querySelector("[autofocus], button, a")?.tagName);
  };
  Object.assign(HTMLDialogElement.prototype, { showModal, close: ignore });
  const images = ["first", "second"].map((name) => toMediaItem(imageOf(name)));
  window.history.replaceState(null, "", "?image=id-second");
  render(<Viewer items={images} find={find} changes={new Map()} onChange={ignore} onDelete={ignore} />);
  expect(focused).toEqual(["DIV"]);
});
