import { vi } from "vitest";

/**
 * Replaces `IntersectionObserver` until `vi.unstubAllGlobals`. Returns a function with which the newest observer reports that its
 * element has come into view.
 */
export function stubIntersection(): () => void {
  let report = () => {};
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(onChange: (entries: { isIntersecting: boolean }[]) => void) {
        report = () => onChange([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {}
    },
  );
  return () => report();
}
