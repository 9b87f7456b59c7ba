import { afterEach, beforeEach, vi } from "vitest";

/** Replaces `fetch` in each test of the file with the mock that is returned. */
export function stubFetch() {
  const send = vi.fn<typeof fetch>();
  beforeEach(() => {
    vi.stubGlobal("fetch", send);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    send.mockReset();
  });
  return send;
}
