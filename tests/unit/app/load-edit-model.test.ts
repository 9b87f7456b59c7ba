import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type { Field } from "@/lib/models/inputs/fields";

const step = vi.hoisted(() => ({
  user: vi.fn<() => Promise<{ id: string } | null>>(),
  models: vi.fn<() => { id: string; task: string }[]>(),
  form: vi.fn<(userId: string, model: string) => Promise<{ fields: Partial<Field>[] }>>(),
}));
vi.mock("@/lib/auth", () => ({ getUser: step.user }));
vi.mock("@/lib/models/allowed-models", () => ({ listEnabledModels: step.models }));
vi.mock("@/lib/models/resolve", () => ({ getModelForm: step.form, listComparable: async () => [] }));
vi.mock("@/lib/predictions/queries", () => ({ listUsedModels: async () => [] }));

const prompt: Partial<Field> = { name: "prompt", kind: "longtext" };
const forms: Record<string, Partial<Field>[]> = {
  "a/words": [prompt],
  "a/upscaler": [{ name: "image", kind: "file", takes: "image" }],
  "a/video": [prompt, { name: "clip", kind: "file", takes: "video" }],
  "a/editor": [prompt, { name: "image_input", kind: "files", takes: "image" }],
};
const load = async () => (await import("@/app/dashboard/generate/load-other-models")).loadEditModel();

beforeEach(() => {
  step.user.mockReset().mockResolvedValue({ id: "me" });
  step.models
    .mockReset()
    .mockReturnValue([
      { id: "a/upscaler", task: "upscale" },
      ...["a/gone", "a/words", "a/video", "a/editor"].map((id) => ({ id, task: "edit" })),
    ]);
  step.form.mockReset().mockImplementation(async (_, id) => {
    const fields = forms[id];
    if (!fields) throw new AppError("unknown_model", "It does not exist.");
    return { fields };
  });
});

test("the first model for editing that can run here and takes an image edits a dropped image", async () => {
  expect(await load()).toMatchObject({ id: "a/editor", field: "image_input", isList: true });
});

test("without such a model, or signed out, there is none", async () => {
  step.models.mockReturnValue([{ id: "a/words", task: "edit" }]);
  expect(await load()).toBeNull();
  step.user.mockResolvedValue(null);
  expect(await load()).toBeNull();
});
