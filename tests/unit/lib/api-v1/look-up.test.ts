import { beforeEach, expect, test, vi } from "vitest";
import type { lookUp } from "@/lib/replicate/look-up";
import { stubSettings } from "../stub-settings";

const ask = vi.hoisted(() => ({ lookUp: vi.fn<typeof lookUp>() }));
vi.mock("@/lib/replicate/look-up", () => ask);

const caller = { id: "0195f2a8-0000-7000-8000-000000000002" };
const shown = { owner: "somebody", name: "shown", visibility: "public", a_new_field: { of: ["Replicate"] } };
const hidden = { owner: "sandbox", name: "hidden", visibility: "private" };
const unclear = { owner: "sandbox", name: "unclear" };

/** Loads the module again, so that its caches are empty. Replicate responds to every request with `body`. */
async function answering(body: unknown) {
  globalThis.darkroomState = undefined;
  vi.resetModules();
  stubSettings();
  ask.lookUp.mockResolvedValue({ body, bytes: 100 });
  return import("@/lib/api-v1/look-up");
}

beforeEach(() => void ask.lookUp.mockReset());

test("a collection shows only public models, with all fields of Replicate", async () => {
  const { lookUpCollection } = await answering({ name: "Art", slug: "art", models: [hidden, shown, unclear, null] });
  expect(await lookUpCollection(caller, "art")).toEqual({ name: "Art", slug: "art", models: [shown] });
});

test("a search shows only public models", async () => {
  const models = [shown, hidden, unclear].map((model) => ({ model, metadata: { score: 1 } }));
  const { lookUpSearch } = await answering({ query: "x", models, collections: [{ slug: "art" }], pages: [] });
  expect(await lookUpSearch(caller, { query: "x" })).toEqual({
    query: "x",
    models: [{ model: shown, metadata: { score: 1 } }],
    collections: [{ slug: "art" }],
    pages: [],
  });
});

test.each([
  ["private", hidden],
  ["unclear", unclear],
])("Replicate is asked nothing more about a model that is %s", async (_, model) => {
  const { lookUpPart } = await answering(model);
  const context = { params: Promise.resolve({ owner: "sandbox", name: model.name }) };
  await expect(lookUpPart(caller, context, ["versions"])).rejects.toMatchObject({ code: "not_found" });
  expect(ask.lookUp.mock.calls).toEqual([[{ path: ["models", "sandbox", model.name] }]]);
});

test("a version is found only by its whole id", async () => {
  const { lookUpVersion } = await answering(shown);
  for (const version of ["latest", "..", "", "a".repeat(63), `${"a".repeat(64)}/x`]) {
    const context = { params: Promise.resolve({ owner: "somebody", name: "shown", version }) };
    await expect(lookUpVersion(caller, context)).rejects.toMatchObject({ code: "not_found" });
  }
  expect(ask.lookUp).not.toHaveBeenCalled();
});

test("a response that is not what it should be counts as an outage of Replicate", async () => {
  const { lookUpCollection } = await answering({ slug: "art", models: "all" });
  await expect(lookUpCollection(caller, "art")).rejects.toMatchObject({ code: "provider_unavailable" });
});
