import { expect, test, vi } from "vitest";
import { retryBrokenImages } from "@/components/shell/retry-broken-images";

function item(src: string, state: { complete: boolean; naturalWidth: number }) {
  const image = document.body.appendChild(new Image());
  image.setAttribute("src", src);
  Object.defineProperties(image, { complete: { value: state.complete }, naturalWidth: { value: state.naturalWidth } });
  return vi.spyOn(image, "setAttribute");
}

test.each(["online", "focus"])("on %s a broken image is loaded again, and no other", (event) => {
  const stop = retryBrokenImages();
  const lost = item("/api/media/lost", { complete: true, naturalWidth: 0 });
  const others = [
    item("/api/media/here", { complete: true, naturalWidth: 96 }),
    item("/api/media/coming", { complete: false, naturalWidth: 0 }),
  ];
  window.dispatchEvent(new Event(event));
  expect(lost).toHaveBeenCalledExactlyOnceWith("src", "/api/media/lost");
  for (const other of others) expect(other).not.toHaveBeenCalled();
  stop();
  window.dispatchEvent(new Event(event));
  expect(lost).toHaveBeenCalledOnce();
  document.body.replaceChildren();
});
