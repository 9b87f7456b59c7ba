import { beforeEach, describe, expect, test, vi } from "vitest";
import { processState } from "@/lib/process-globals";
import type { getModel, getVersion } from "@/lib/replicate/client";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const VERSION = "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b";
const ask = vi.hoisted(() => ({
  getModel: vi.fn<typeof getModel>(),
  getVersion: vi.fn<typeof getVersion>(),
  listVersions: () => Promise.resolve({ results: [] }),
  rows: new Array<{ model: string }>(),
  allowed: ["*"],
}));
vi.mock("@/lib/replicate/client", () => ask);
vi.mock("@/lib/env", () => ({
  env: () => ({ REPLICATE_MODEL_VERSION: "stability-ai/sdxl", ALLOWED_MODELS: ask.allowed }),
}));
vi.mock("@/lib/supabase/admin-client", () => ({
  adminClient: () => ({
    from: () => ({
      select: () => ({ eq: () => ({ limit: () => Promise.resolve({ data: ask.rows, error: null }) }) }),
    }),
  }),
}));

/** Loads the modules again, with empty caches. `allowed`: the allowed models. `rows`: the models of earlier predictions. */
async function withModels(allowed: string[], rows: string[] = []) {
  Object.assign(ask, { allowed, rows: rows.map((model) => ({ model })) });
  vi.resetModules();
  const { ReplicateError } = await import("@/lib/replicate/errors");
  const missing = () => Promise.reject(new ReplicateError("not_found", "Not found."));
  return { ...(await import("@/lib/models/resolve")), missing };
}

const found = { id: VERSION, created_at: "", openapi_schema: null };
const model = (visibility: string) => ({ owner: "a", name: "b", visibility, latest_version: found });
const unknown = {
  code: "unknown_model",
  message: "The version 39ed52f2… was given without its model. Use the form owner/name:version.",
};

beforeEach(() => {
  processState.memoryLimits.clear();
  processState.versions.clear();
  ask.getVersion.mockReset().mockResolvedValue(found);
  ask.getModel.mockReset().mockResolvedValue(model("public"));
});

describe("the id of a version alone", () => {
  test("names the model of an earlier prediction with this version", async () => {
    const { resolveModel } = await withModels(["*"], ["a/b"]);
    expect(await resolveModel(USER, VERSION)).toMatchObject({ model: "a/b", version: VERSION });
  });

  test("names the model with which it was given before", async () => {
    const { resolveModel, missing } = await withModels(["*"]);
    await resolveModel(USER, `a/b:${VERSION}`);
    ask.getVersion.mockImplementation(missing);
    expect(await resolveModel(USER, VERSION)).toMatchObject({ model: "a/b", version: VERSION });
  });

  test("is looked for in the models that are allowed by their names", async () => {
    const { resolveModel, missing } = await withModels(["a/b", "c/d"]);
    ask.getVersion.mockImplementation((name) => (name === "c/d" ? Promise.resolve(found) : missing()));
    expect(await resolveModel(USER, VERSION.toUpperCase())).toMatchObject({ model: "c/d", version: VERSION });
  });

  test("needs its model if none of them has it, and Replicate is asked only once", async () => {
    const { resolveModel, missing } = await withModels(["*"]);
    ask.getVersion.mockImplementation(missing);
    await expect(resolveModel(USER, VERSION)).rejects.toMatchObject(unknown);
    const { length } = ask.getVersion.mock.calls;
    await expect(resolveModel(USER, VERSION)).rejects.toMatchObject(unknown);
    expect(ask.getVersion).toHaveBeenCalledTimes(length);
    expect(length).toBeLessThanOrEqual(10);
  });

  test("of a model that is not allowed any more is refused", async () => {
    const { resolveModel } = await withModels(["featured"], ["a/b"]);
    await expect(resolveModel(USER, VERSION)).rejects.toMatchObject({ code: "model_not_allowed" });
  });
});

describe("a private model", () => {
  beforeEach(() => void ask.getModel.mockResolvedValue(model("private")));

  test.each([
    ["by its name", "a/b"],
    ["by its version", `a/b:${VERSION}`],
    ["by a version alone", VERSION],
  ])("is unknown %s", async (_, text) => {
    const { resolveModel } = await withModels(["*"], ["a/b"]);
    await expect(resolveModel(USER, text)).rejects.toMatchObject({ code: "unknown_model" });
  });

  test("causes the same errors and as many requests as a model that does not exist", async () => {
    const { resolveModel, missing } = await withModels(["*"]);
    ask.getModel.mockImplementation((name) => (name === "a/private" ? Promise.resolve(model("private")) : missing()));
    const askFor = async (name: string) => {
      ask.getModel.mockClear();
      ask.getVersion.mockClear();
      const errors: string[] = [];
      for (const text of [name, `${name}:${VERSION}`, `${name}:${"0".repeat(64)}`, name]) {
        const error = await resolveModel(USER, text).catch(String);
        errors.push(String(error).replaceAll(name, "a/b"));
      }
      return [...errors, ask.getModel.mock.calls.length, ask.getVersion.mock.calls.length];
    };
    expect(await askFor("a/private")).toEqual(await askFor("a/missing"));
  });

  test("is unknown on its page", async () => {
    await withModels(["*"]);
    const { getModelDetails } = await import("@/lib/models/details");
    await expect(getModelDetails(USER, "a/b", null)).rejects.toMatchObject({ code: "unknown_model" });
  });

  test("runs if the settings name it", async () => {
    const { resolveModel } = await withModels(["*", "A/b"]);
    expect(await resolveModel(USER, "a/b")).toMatchObject({ model: "a/b" });
    expect(await resolveModel(USER, `a/b:${VERSION}`)).toMatchObject({ model: "a/b" });
  });
});
