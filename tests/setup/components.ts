import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Some parts of a page are loaded by a dynamic import. On a busy machine, this can take longer than the default of one second.
configure({ asyncUtilTimeout: 5_000 });

// jsdom does not load images. Without this fake, the app would wait forever until an image is decoded.
HTMLImageElement.prototype.decode = () => Promise.resolve();

// jsdom has no `matchMedia`. In the tests, no media query matches.
window.matchMedia = (media) => Object.assign(new EventTarget(), { media, matches: false }) as MediaQueryList;

// jsdom has no layout, so it can neither scroll nor find out whether an element is visible. These fakes do nothing.
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
  // The URL is reset. Otherwise, if it contains the id of an open image, the next test would open this image too.
  window.history.replaceState(null, "", "/");
});
