import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FetchLostPictures } from "@/components/shell/fetch-lost-pictures";

function picture(src: string, state: { complete: boolean; naturalWidth: number }) {
  const image = document.body.appendChild(new Image());
  image.setAttribute("src", src);
  Object.defineProperties(image, { complete: { value: state.complete }, naturalWidth: { value: state.naturalWidth } });
  return vi.spyOn(image, "setAttribute");
}

test.each(["online", "focus"])("on %s a picture that did not arrive is fetched again, and no other", (event) => {
  render(<FetchLostPictures />);
  const lost = picture("/api/images/lost", { complete: true, naturalWidth: 0 });
  const others = [
    picture("/api/images/here", { complete: true, naturalWidth: 96 }),
    picture("/api/images/coming", { complete: false, naturalWidth: 0 }),
  ];
  window.dispatchEvent(new Event(event));
  expect(lost).toHaveBeenCalledExactlyOnceWith("src", "/api/images/lost");
  for (const other of others) expect(other).not.toHaveBeenCalled();
  document.body.replaceChildren();
});
