import { act } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

/** A fake `EventSource`, which sends no request. A test calls `send` to dispatch an event. */
export class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  readonly CLOSED = 2;
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }
  get isClosed() {
    return this.readyState === this.CLOSED;
  }
  close() {
    this.readyState = this.CLOSED;
  }
  send(event: string, data: string) {
    act(() => void this.dispatchEvent(new MessageEvent(event, { data })));
  }
  /**
   * Simulates an error. If `isOver`, the server has refused to continue the stream. Otherwise the connection is lost, and the
   * browser connects again.
   */
  fail(isOver: boolean) {
    if (isOver) this.close();
    act(() => void this.dispatchEvent(new Event("error")));
  }
}

/** Replaces `EventSource` in each test of the file, because jsdom has no `EventSource`. */
export function stubEventSource() {
  beforeEach(() => {
    FakeSource.opened = [];
    vi.stubGlobal("EventSource", FakeSource);
  });
  afterEach(() => void vi.unstubAllGlobals());
}

/** Waits until `count` streams have been opened, and returns the last of them. */
export async function openedSource(count = 1): Promise<FakeSource> {
  return vi.waitFor(() => {
    const source = FakeSource.opened[count - 1];
    if (!source) throw new Error(`Only ${FakeSource.opened.length} streams were opened.`);
    return source;
  });
}
