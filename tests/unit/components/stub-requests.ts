import { vi } from "vitest";

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Replaces `fetch` with `ask`. But requests for the parents and children of an image (`/lineage`) get an empty response. */
export function stubRequests(ask: Ask) {
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) =>
    path.endsWith("/lineage") ? Response.json({}) : ask(path, init),
  );
}
