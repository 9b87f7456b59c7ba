import { beforeEach, expect, test, vi } from "vitest";
import { findFeatured } from "@/lib/models/catalog";
import { chooseModel, requireModel } from "@/lib/words/choose-model";

const setting = vi.hoisted(() => ({ ALLOWED_MODELS: [] as string[], REPLICATE_MODEL_VERSION: "me/mine" }));
vi.mock("@/lib/env", () => ({ env: () => setting }));

beforeEach(() => {
  setting.ALLOWED_MODELS = [];
});

test.each([
  [["*"], "openai/whisper"],
  [["OpenAI/Whisper"], "openai/whisper"],
  [["vaibhavs10/incredibly-fast-whisper"], "vaibhavs10/incredibly-fast-whisper"],
  [["vaibhavs10/incredibly-fast-whisper", "openai/whisper"], "openai/whisper"],
  [["openai/gpt-4o-mini"], null],
])("with %j allowed, speech is written down by %s", (allowed, expected) => {
  setting.ALLOWED_MODELS = allowed;
  expect(chooseModel("transcribe")).toBe(expected);
});

test.each([
  [[], "openai/gpt-4o-mini", "openai/gpt-4o-mini"],
  [["*"], "openai/gpt-4o-mini", "openai/gpt-4o-mini"],
  [["Meta/Meta-Llama-3-8B-Instruct"], "meta/meta-llama-3-8b-instruct", null],
  [["lucataco/moondream2"], null, "lucataco/moondream2"],
  [["anthropic/claude-4.5-sonnet"], "anthropic/claude-4.5-sonnet", "anthropic/claude-4.5-sonnet"],
  [["stability-ai/sdxl"], null, null],
])("with %j allowed, prompts are improved by %s and images described by %s", (allowed, improve, describe) => {
  setting.ALLOWED_MODELS = allowed;
  expect([chooseModel("improve"), chooseModel("describe")]).toEqual([improve, describe]);
  const chosen = [improve, describe].filter((model) => model !== null);
  expect(chosen.filter((model) => findFeatured(model)?.task !== "language")).toEqual([]);
});

test("without an allowed model, a request says what the owner can do", () => {
  setting.ALLOWED_MODELS = ["stability-ai/sdxl"];
  const refused = (words: string) =>
    expect.objectContaining({ code: "model_not_allowed", message: expect.stringContaining(words) });
  expect(() => requireModel("improve")).toThrow(refused("can add openai/gpt-4o-mini to the setting ALLOWED_MODELS"));
  expect(() => requireModel("transcribe")).toThrow(refused("can add openai/whisper to the setting ALLOWED_MODELS"));
});

test("a chat is answered by the model that improves prompts", () => {
  expect(chooseModel("chat")).toBe(chooseModel("improve"));
  setting.ALLOWED_MODELS = ["meta/meta-llama-3-8b-instruct"];
  expect(chooseModel("chat")).toBe("meta/meta-llama-3-8b-instruct");
});
