import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// On a busy machine, parts of a page that are loaded later can take long.
configure({ asyncUtilTimeout: 5_000 });

// jsdom does not load images. Without this, the app would wait forever for an image to be decoded.
HTMLImageElement.prototype.decode = () => Promise.resolve();

// jsdom has no media queries. In the tests, none of them matches.
window.matchMedia = (media) => Object.assign(new EventTarget(), { media, matches: false }) as MediaQueryList;

// jsdom has no layout, so nothing comes into view.
HTMLElement.prototype.scrollIntoView = () => {};
window.IntersectionObserver = class {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords = () => [];
};

afterEach(() => {
  cleanup();
  // The URL is reset: if it named an open image, this image would also be open in the next test.
  window.history.replaceState(null, "", "/");
});
