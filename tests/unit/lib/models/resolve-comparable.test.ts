import { beforeEach, expect, test, vi } from "vitest";
import { listComparable } from "@/lib/models/resolve";
import type { getModel } from "@/lib/replicate/client";
import { documentWith } from "./documents";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const ask = vi.hoisted(() => ({ getModel: vi.fn<typeof getModel>() }));
vi.mock("@/lib/replicate/client", () => ({ ...ask, getVersion: () => null }));
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_MODEL_VERSION: "stability-ai/sdxl", ALLOWED_MODELS: ["*"] }) }));

const required: Record<string, string[]> = { "a/drawer": ["prompt"], "a/editor": ["prompt", "image"] };

beforeEach(() => {
  ask.getModel.mockImplementation((name) => {
    const inputs = { image: { type: "string" }, ...(name !== "a/upscaler" && { prompt: { type: "string" } }) };
    const document = documentWith(inputs, { required: required[name] ?? [] });
    const latest = { id: "7".repeat(64), created_at: "", openapi_schema: document };
    return Promise.resolve({ owner: "a", name: "b", visibility: "public", is_official: false, latest_version: latest });
  });
});

test("models can be compared that run here and require nothing but a prompt", async () => {
  expect(await listComparable(USER, ["../gone", "a/drawer", "a/editor", "a/upscaler"])).toEqual([
    { id: "a/drawer", title: "drawer" },
  ]);
});

test("an unexpected error is not hidden", async () => {
  ask.getModel.mockRejectedValue(new TypeError("a mistake of ours"));
  await expect(listComparable(USER, ["a/other"])).rejects.toThrow("a mistake of ours");
});
