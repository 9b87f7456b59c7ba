import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { featuredModels } from "@/lib/models/catalog";
import { processState } from "@/lib/process-globals";
import type { getModel, getVersion } from "@/lib/replicate/client";
import { documentOf } from "./documents";

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

describe("the model of a request", () => {
  test("is the configured one, in its featured version, when it names none", async () => {
    const { resolveModel } = await fresh();
    expect(await resolveModel(USER)).toEqual({ model: "stability-ai/sdxl", version: SDXL, schema: sdxl });
    expect(ask.getVersion).toHaveBeenCalledExactlyOnceWith("stability-ai/sdxl", SDXL);
    expect(ask.getModel).not.toHaveBeenCalled();
  });

  test("is the version it names, before the featured one", async () => {
    const { resolveModel } = await fresh();
    expect(await resolveModel(USER, `stability-ai/sdxl:${OTHER}`)).toMatchObject({ version: OTHER });
  });

  test("is the newest version of a model that only has a name", async () => {
    const { resolveModel } = await fresh();
    expect(await resolveModel(USER, "a/b")).toEqual({ model: "a/b", version: OTHER, schema: flux });
  });

  test("has no version when it is official: Replicate runs it by its name", async () => {
    ask.getModel.mockResolvedValue(model(version(OTHER, flux), true));
    const { resolveModel } = await fresh();
    expect(await resolveModel(USER, "black-forest-labs/flux-schnell")).toMatchObject({ version: null, schema: flux });
  });

  test("may have no schema", async () => {
    ask.getModel.mockResolvedValue(model(version(OTHER, null)));
    const { resolveModel, getModelForm } = await fresh();
    expect(await resolveModel(USER, "a/b")).toMatchObject({ schema: null });
    expect(await getModelForm(USER, "a/b")).toMatchObject({
      ref: "a/b",
      version: OTHER,
      title: "b",
      fields: [{ name: "prompt" }],
    });
  });

  test("can be any featured model", async () => {
    const { resolveModel } = await fresh();
    // Each model is requested by another user, because one user may not request so many models in a short time.
    for (const { id } of featuredModels) expect(await resolveModel(id, id)).toMatchObject({ model: id });
  });
});

describe("a model that cannot be run", () => {
  test.each(["", "sdxl", "../../account", "a/b?x#", "a/b:latest", `${"a/".repeat(5000)}b`])(
    "is refused without a request to Replicate: %s",
    async (text) => {
      const { resolveModel } = await fresh();
      const refused = { code: "unknown_model", status: 422, invalidFields: [{ field: "model" }] };
      await expect(resolveModel(USER, text)).rejects.toMatchObject(refused);
      await expect(resolveModel(USER, text)).rejects.toThrow(/^.{0,250}$/);
      expect([ask.getModel, ask.getVersion].map((call) => call.mock.calls)).toEqual([[], []]);
    },
  );

  test.each(["not_found", "rejected"] as const)("is unknown for a minute when Replicate says %s", async (kind) => {
    const { resolveModel, ReplicateError } = await fresh();
    ask.getModel.mockRejectedValueOnce(new ReplicateError(kind, "No such thing."));
    await expect(resolveModel(USER, "a/b")).rejects.toMatchObject({ code: "unknown_model" });
    vi.setSystemTime(Date.now() + 60_001);
    await expect(resolveModel(USER, "a/b")).resolves.toMatchObject({ version: OTHER });
  });

  test("is named with its version where only that is unknown", async () => {
    const { resolveModel, ReplicateError } = await fresh();
    ask.getVersion.mockRejectedValueOnce(new ReplicateError("not_found", "No such thing."));
    await expect(resolveModel(USER, `stability-ai/sdxl:${OTHER}`)).rejects.toThrow(
      `stability-ai/sdxl:${OTHER} does not exist`,
    );
  });

  test("has no version yet", async () => {
    ask.getModel.mockResolvedValue(model(null));
    const { resolveModel } = await fresh();
    await expect(resolveModel(USER, "a/b")).rejects.toMatchObject({ code: "unknown_model" });
  });

  test.each(["unclear", "throttled", "unauthorized"] as const)(
    "may exist when Replicate cannot be asked: %s",
    async (kind) => {
      const { resolveModel, ReplicateError } = await fresh();
      ask.getModel.mockRejectedValueOnce(new ReplicateError(kind, "r8_token is not valid"));
      const refusal: unknown = await resolveModel(USER, "a/b").catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "provider_unavailable", status: 503 });
      expect(String(refusal)).not.toContain("r8_token");
      await expect(resolveModel(USER, "a/b")).resolves.toMatchObject({ version: OTHER });
    },
  );
});

describe("the cache of models", () => {
  test("asks once, also for many requests at the same time", async () => {
    const { resolveModel } = await fresh();
    await Promise.all([resolveModel(USER, "a/b"), resolveModel(USER, "a/b"), resolveModel(USER, "a/b")]);
    await resolveModel(USER, "a/b");
    expect(ask.getModel).toHaveBeenCalledTimes(1);
  });

  test("keeps a version; the newest one is asked for again after five minutes", async () => {
    const { resolveModel } = await fresh();
    const both = () => Promise.all([resolveModel(USER, "a/b"), resolveModel(USER)]);
    await both();
    vi.setSystemTime(Date.now() + 299_999);
    await both();
    expect(ask.getModel).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 2);
    await both();
    expect([ask.getModel.mock.calls.length, ask.getVersion.mock.calls.length]).toEqual([2, 1]);
  });

  test("still answers a user who has looked up too many models, and other users are not limited", async () => {
    const { resolveModel } = await fresh();
    for (let n = 0; n < 30; n++) await resolveModel(USER, `a/b${n}`);
    const refused = { code: "rate_limited", status: 429, retryAfter: 1 };
    await expect(resolveModel(USER, "a/b30")).rejects.toMatchObject(refused);
    await expect(resolveModel(USER, "a/b29")).resolves.toMatchObject({ model: "a/b29" });
    expect(ask.getModel).toHaveBeenCalledTimes(30);
    await expect(resolveModel("somebody else", "a/b30")).resolves.toMatchObject({ model: "a/b30" });
    await expect(resolveModel(USER, "a/b30")).resolves.toMatchObject({ model: "a/b30" });
  });

  test("has a maximum size", async () => {
    const { resolveModel } = await fresh();
    for (let n = 0; n <= 200; n++) await resolveModel(`person ${n}`, `a/b${n}`);
    await resolveModel(USER, "a/b200");
    expect(ask.getModel).toHaveBeenCalledTimes(201);
    await resolveModel(USER, "a/b0");
    expect(ask.getModel).toHaveBeenCalledTimes(202);
  });
});

test("a form has our title and the fields in their order", async () => {
  const { getModelForm } = await fresh();
  const form = await getModelForm(USER);
  expect(form).toMatchObject({ ref: "stability-ai/sdxl", version: SDXL, title: "Stable Diffusion XL" });
  expect(form.fields.slice(0, 2).map((field) => field.name)).toEqual(["prompt", "negative_prompt"]);
});

test("a form is sent with its version if the name alone means another", async () => {
  const { getModelForm } = await fresh();
  expect(await getModelForm(USER, `stability-ai/sdxl:${SDXL}`)).toMatchObject({ ref: "stability-ai/sdxl" });
  const other = `stability-ai/sdxl:${OTHER}`;
  expect(await getModelForm(USER, other)).toMatchObject({
    ref: other,
    version: OTHER,
    title: "Stable Diffusion XL, version 39ed52f2",
  });
});
