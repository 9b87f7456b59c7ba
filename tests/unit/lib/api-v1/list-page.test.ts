import { expect, test, vi } from "vitest";
import { stubSettings } from "../stub-settings";

async function load(settings: Record<string, string> = {}) {
  vi.resetModules();
  stubSettings(settings);
  return import("@/lib/api-v1/list-page");
}

const request = new Request("http://localhost:3000/api/v1/models?cursor=x", { headers: { host: "localhost:3000" } });
const results = [{ name: "a", later: [1] }, { name: "b" }];

test("the links of a page are URLs of this API, on the app's origin", async () => {
  const { toPage } = await load({ APP_URL: "https://darkroom.example" });
  const next = "https://api.replicate.com/v1/models?cursor=cD0x&sort_by=model_created_at";
  expect(toPage(request, { next, previous: null, results, total: 2 })).toEqual({
    next: "https://darkroom.example/api/v1/models?cursor=cD0x&sort_by=model_created_at",
    previous: null,
    results,
    total: 2,
  });
});

test.each([undefined, null, "", "null", "/models", "https://api.replicate.com/v1/models"])(
  "a link without a cursor (%s) becomes null",
  async (next) => {
    const { toPage } = await load();
    expect(toPage(request, { next, results })).toMatchObject({ next: null, previous: null });
  },
);

test("a page has only the results that are shown", async () => {
  const { toPage } = await load();
  expect(toPage(request, { results }, (result) => result === results[1]).results).toEqual([{ name: "b" }]);
});

test.each([null, [], { results: null }, { next: 1, results: [] }])("%j is not a page", async (body) => {
  const { toPage } = await load();
  expect(() => toPage(request, body)).toThrow(expect.objectContaining({ code: "provider_unavailable" }));
});
