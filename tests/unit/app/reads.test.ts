import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import { createToken, USER } from "../lib/sessions";
import { stubSettings } from "../lib/stub-settings";

const token = createToken();
let session: string | null;
vi.mock("next/headers", () => ({ cookies: async () => ({}), headers: async () => new Headers() }));
vi.mock("@/lib/supabase/user-client", () => ({ bearerToken: () => null, readToken: async () => session }));
vi.mock("@/lib/media/queries", () => ({
  getLineage: async () => null,
  getMedia: async () => null,
  listMediaRows: async () => [],
  listMedia: async () => ({ results: [], next: null }),
}));
vi.mock("@/lib/predictions/queries", () => ({ listPredictions: async () => ({ results: [], next: null }) }));

beforeEach(() => {
  stubSettings();
  session = token;
  processState.memoryLimits.clear();
  void processState.users(token, async () => ({ ...USER, expiresAt: Infinity }));
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const id = "0195f2a8-0000-7000-8000-00000000000a";
const get = new Request("http://localhost/api/media/zip?ids=" + id);
const page = { cursor: "x", filter: {} };
const api = {
  "the gallery": async () => (await import("@/app/api/media/route")).GET(get, undefined),
  "a ZIP": async () => (await import("@/app/api/media/zip/route")).GET(get, undefined),
  "an image's lineage": async () =>
    (await import("@/app/api/media/[id]/lineage/route")).GET(get, { params: Promise.resolve({ id }) }),
};
const actions = {
  "older images": async () => (await import("@/app/dashboard/gallery/load-items")).loadOlder(page),
  "one image": async () => (await import("@/app/dashboard/gallery/load-items")).findItem(id),
  "older predictions": async () => (await import("@/app/dashboard/history/load-older")).loadOlder(page),
};

test.each(Object.entries(api))(
  "too many requests for %s are refused for a second, and ten tabs are not too many",
  async (_, ask) => {
    for (let n = 0; n < 40; n++) expect((await ask()).status).not.toBe(429);
    for (let n = 0; n < 5; n++) await ask();
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    vi.advanceTimersByTime(1000);
    expect((await ask()).status).not.toBe(429);
  },
);

test.each(Object.entries(actions))("%s are null for a signed-out user, so that the page stays open", async (_, ask) => {
  expect(await ask()).not.toBeNull();
  session = null;
  expect(await ask()).toBeNull();
});

test.each(Object.entries(actions))("too many calls for %s end in a 404, and not in a logged error", async (_, ask) => {
  for (let n = 0; n < 45; n++) await ask();
  await expect(ask()).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
  vi.advanceTimersByTime(1000);
  await ask();
});
