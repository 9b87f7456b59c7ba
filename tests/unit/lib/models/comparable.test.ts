import { expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { listComparable } from "@/lib/models/comparable";
import type { getModelForm } from "@/lib/models/resolve";

const USER = "0195f2a8-0000-7000-8000-000000000002";
const getForm = vi.hoisted(() => vi.fn<typeof getModelForm>());
vi.mock("@/lib/models/resolve", () => ({ getModelForm: getForm }));

const prompt = { name: "prompt", label: "Prompt", kind: "longtext", required: true, order: 0 } as const;
const seed = { name: "seed", label: "Seed", kind: "seed", required: false, order: 1 } as const;
const image = { name: "image", label: "Image", kind: "file", required: true, order: 2 } as const;
const forms = { "a/drawer": [prompt, seed], "a/editor": [prompt, image], "a/enlarger": [seed] };

test("models are compared that run here and need nothing but a prompt", async () => {
  getForm.mockImplementation(async (_, ref = "") => {
    const fields = Object.entries(forms).find(([name]) => name === ref)?.[1];
    if (!fields) throw new AppError("model_not_allowed", "Not here.");
    return { ref, version: null, title: ref.toUpperCase(), fields };
  });
  const models = await listComparable(USER, ["a/gone", ...Object.keys(forms)]);
  expect(models).toEqual([{ id: "a/drawer", title: "A/DRAWER" }]);
});

test("what nobody expected is not passed over", async () => {
  getForm.mockRejectedValue(new TypeError("a mistake of ours"));
  await expect(listComparable(USER, ["a/b"])).rejects.toThrow("a mistake of ours");
});
