import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// The time limit of `findBy` and `waitFor`. A busy machine can need more than the default, one second, for a dynamic import.
configure({ asyncUtilTimeout: 5_000 });

// jsdom does not load images, and has no `decode`. With this fake, each image is decoded immediately.
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
