import { act } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

/** A stream of server-sent events whose events a test sends. */
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
  /** The server refuses to continue the stream, or the connection is lost and the browser tries again. */
  fail(isOver: boolean) {
    if (isOver) this.close();
    act(() => void this.dispatchEvent(new Event("error")));
  }
}

/** Replaces `EventSource` in each test of the file. jsdom has none. */
export function stubEventSource() {
  beforeEach(() => {
    FakeSource.opened = [];
    vi.stubGlobal("EventSource", FakeSource);
  });
  afterEach(() => void vi.unstubAllGlobals());
}

/** The newest of `count` streams, once they have been opened. */
export async function openedSource(count = 1): Promise<FakeSource> {
  return vi.waitFor(() => {
    const source = FakeSource.opened[count - 1];
    if (!source) throw new Error(`Only ${FakeSource.opened.length} streams were opened.`);
    return source;
  });
}
