import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Lazy parts of pages load slowly on a busy machine.
configure({ asyncUtilTimeout: 5_000 });

// jsdom does not load images, so they would never be decoded.
HTMLImageElement.prototype.decode = () => Promise.resolve();

// jsdom has no media queries: none matches.
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
  // An open image is part of the URL, and must not stay open for the next test.
  window.history.replaceState(null, "", "/");
});
