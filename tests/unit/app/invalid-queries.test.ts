import { beforeEach, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import { createToken, USER } from "../lib/sessions";
import { stubSettings } from "../lib/stub-settings";

const token = createToken();
vi.mock("next/headers", () => ({ cookies: async () => ({}), headers: async () => new Headers() }));
vi.mock("@/lib/supabase/user-client", () => ({
  bearerToken: () => null,
  createUserClient: async () => ({}),
  readToken: async () => token,
}));
vi.mock("@/lib/media/queries", () => ({ listMedia: async () => ({ results: [], next: null }) }));
vi.mock("@/lib/predictions/queries", () => ({
  getNewestTag: async () => '"1"',
  listPredictions: async () => ({ results: [], next: null }),
}));

beforeEach(() => {
  stubSettings();
  void processState.users(token, async () => ({ ...USER, expiresAt: Infinity }));
});

const routes = {
  "/api/media": () => import("@/app/api/media/route"),
  "/api/replicate": () => import("@/app/api/replicate/route"),
};
const paths = Object.keys(routes).flatMap((path) =>
  ["limit=abc", "limit=0", "cursor=abc"].map((query) => [path, query]),
);

test.each(paths)("GET %s?%s is refused instead of answered with the first page", async (path = "", query) => {
  const { GET } = await routes[path as keyof typeof routes]();
  const answer = await GET(new Request(`http://localhost${path}?${query}`), undefined);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ type: "invalid_query" });
});

test.each(Object.keys(routes))("GET %s?limit=10 is a page", async (path) => {
  const { GET } = await routes[path as keyof typeof routes]();
  expect((await GET(new Request(`http://localhost${path}?limit=10`), undefined)).status).toBe(200);
});
