import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { featuredModels } from "@/lib/models/catalog";
import { processState } from "@/lib/process-globals";
import type { getModel, getVersion } from "@/lib/replicate/client";
import { documentOf, documentWith } from "./documents";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const ask = vi.hoisted(() => ({ getModel: vi.fn<typeof getModel>(), getVersion: vi.fn<typeof getVersion>() }));
vi.mock("@/lib/replicate/client", () => ask);
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_MODEL_VERSION: "stability-ai/sdxl", ALLOWED_MODELS: ["*"] }) }));

const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";
const OTHER = "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b";
const sdxl = documentOf("stability-ai/sdxl");
const flux = documentOf("black-forest-labs/flux");

const version = (id: string, document: typeof sdxl | null) => ({ id, created_at: "", openapi_schema: document });
const model = (latest: ReturnType<typeof version> | null, isOfficial: boolean | null = false) => ({
  owner: "a",
  name: "b",
  visibility: "public",
  is_official: isOfficial,
  latest_version: latest,
});

/** Loads the modules again, so that their caches are empty. */
async function fresh() {
  vi.resetModules();
  return { ...(await import("@/lib/models/resolve")), ...(await import("@/lib/replicate/errors")) };
}

beforeEach(() => {
  processState.memoryLimits.clear();
  vi.useFakeTimers({ toFake: ["Date"] });
  ask.getVersion.mockReset().mockImplementation((_, id) => Promise.resolve(version(id, sdxl)));
  ask.getModel.mockReset().mockResolvedValue(model(version(OTHER, flux)));
});
afterEach(() => void vi.useRealTimers());

describe("the id of a version alone", () => {
  test("names the default model and the featured models", async () => {
    const { resolveModel, getModelForm } = await fresh();
    for (const { id, version: pinned } of featuredModels.filter((entry) => entry.version !== null)) {
      expect(await resolveModel(USER, pinned!)).toMatchObject({ model: id, version: pinned });
    }
    expect(await getModelForm(USER, SDXL.toUpperCase())).toMatchObject({ ref: "stability-ai/sdxl", version: SDXL });
  });
});

describe("the form of a model", () => {
  const inputs = {
    prompt: { type: "string" },
    disable_safety_checker: { type: "boolean", default: false },
    fps: { type: "integer", enum: [24], default: 24 },
  };
  const named = (document: typeof sdxl | null, isOfficial: boolean) => {
    ask.getModel.mockResolvedValue(model(version(OTHER, document), isOfficial));
    return fresh().then(({ getModelForm }) => getModelForm(USER, "a/b"));
  };
  const names = ({ fields }: { fields: { name: string }[] }) => fields.map(({ name }) => name);

  test("leaves out what has no effect", async () => {
    expect(names(await named(documentWith(inputs), true))).toEqual(["prompt"]);
    expect(names(await named(documentWith(inputs), false))).toEqual(["prompt", "disable_safety_checker"]);
  });

  test("of a model that takes no input has no fields", async () => {
    const empty = { components: { schemas: { Input: { type: "object", title: "Input" } } } };
    expect(names(await named(empty, false))).toEqual([]);
    expect(names(await named(documentWith({}), false))).toEqual([]);
    expect(names(await named({ components: { schemas: {} } }, false))).toEqual(["prompt"]);
  });
});
