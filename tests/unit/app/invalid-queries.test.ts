import { beforeEach, expect, test, vi } from "vitest";
import { stubSettings } from "../lib/settings";

const user = { id: "0195f2a8-0000-7000-8000-000000000002", email: "a@darkroom.test" };
vi.mock("next/headers", () => ({ cookies: async () => ({}), headers: async () => new Headers() }));
vi.mock("@/lib/auth", () => ({ getUser: async () => user, requireUser: async () => user }));
vi.mock("@/lib/supabase/user-client", () => ({ createUserClient: async () => ({}) }));
vi.mock("@/lib/media/queries", () => ({ listMedia: async () => ({ results: [], next: null }) }));
vi.mock("@/lib/predictions/queries", () => ({
  getNewestTag: async () => '"1"',
  listPredictions: async () => ({ results: [], next: null }),
}));

beforeEach(() => stubSettings());

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
