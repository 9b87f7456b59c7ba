import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Parts of pages are fetched later, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 5_000 });

// jsdom loads no images: they count as decoded at once.
HTMLImageElement.prototype.decode = () => Promise.resolve();

afterEach(() => {
  cleanup();
  // An image that a test left open is still in the address.
  window.history.replaceState(null, "", "/");
});
