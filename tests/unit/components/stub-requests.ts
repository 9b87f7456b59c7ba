import { vi } from "vitest";

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Has `ask` answer what a page asks of the server; an image that is opened is related to nothing. */
export function stubRequests(ask: Ask) {
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) =>
    path.endsWith("/lineage") ? Response.json({}) : ask(path, init),
  );
}
