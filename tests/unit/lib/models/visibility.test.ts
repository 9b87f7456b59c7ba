import { beforeEach, expect, test, vi } from "vitest";
import type { lookUp } from "@/lib/replicate/look-up";
import { stubSettings } from "../stub-settings";

const ask = vi.hoisted(() => ({ lookUp: vi.fn<typeof lookUp>() }));
vi.mock("@/lib/replicate/look-up", () => ask);

const USER = { id: "0195f2a8-0000-7000-8000-000000000002" };
const shown = { owner: "somebody", name: "shown", visibility: "public" };

/** Loads the modules again, so that their caches are empty. */
async function fresh() {
  globalThis.darkroomState = undefined;
  vi.resetModules();
  stubSettings();
  return { ...(await import("@/lib/models/visibility")), ...(await import("@/lib/replicate/errors")) };
}

beforeEach(() => void ask.lookUp.mockReset().mockResolvedValue({ body: shown, bytes: 100 }));

test.each([
  [true, shown],
  [false, { ...shown, visibility: "private" }],
  [false, { ...shown, visibility: "unlisted" }],
  [false, { owner: "somebody", name: "shown" }],
  [false, { ...shown, visibility: ["public"] }],
  [false, null],
  [false, "public"],
])("whether a user may see a model: %s for %j", async (expected, model) => {
  const { isVisible } = await fresh();
  expect(isVisible(model)).toBe(expected);
});

test("a private model is not found, like a model that does not exist", async () => {
  const { findVisibleModel, ReplicateError } = await fresh();
  expect(await findVisibleModel(USER, "somebody/shown")).toEqual(shown);
  ask.lookUp.mockResolvedValue({ body: { ...shown, visibility: "private" }, bytes: 100 });
  expect(await findVisibleModel(USER, "somebody/hidden")).toBeNull();
  ask.lookUp.mockRejectedValue(new ReplicateError("not_found", "Not found"));
  expect(await findVisibleModel(USER, "somebody/missing")).toBeNull();
});

test("Replicate is asked once in a minute, also about a model that does not exist", async () => {
  const { findVisibleModel, ReplicateError } = await fresh();
  ask.lookUp.mockRejectedValue(new ReplicateError("not_found", "Not found"));
  for (let n = 0; n < 50; n += 1) expect(await findVisibleModel(USER, "somebody/missing")).toBeNull();
  expect(ask.lookUp).toHaveBeenCalledTimes(1);
});

test("an outage of Replicate is reported, and the next call asks Replicate again", async () => {
  const { findVisibleModel, ReplicateError } = await fresh();
  ask.lookUp.mockRejectedValueOnce(new ReplicateError("unclear", "no response"));
  await expect(findVisibleModel(USER, "somebody/shown")).rejects.toMatchObject({ code: "provider_unavailable" });
  expect(await findVisibleModel(USER, "somebody/shown")).toEqual(shown);
});

test.each(["somebody", "somebody/..", "../account", "somebody/shown/x", `somebody/shown:${"a".repeat(64)}`, "a/b?x"])(
  "%s is not the name of a model",
  async (name) => {
    const { findVisibleModel } = await fresh();
    expect(await findVisibleModel(USER, name)).toBeNull();
    expect(ask.lookUp).not.toHaveBeenCalled();
  },
);
