import { expect, test } from "vitest";
import { identifierInWords, labelOf } from "@/lib/models/inputs/field-labels";

test.each([
  ["img", "Img", "Image"],
  ["num_inference_steps", "Num Inference Steps", "Steps"],
  ["high_noise_frac", "High Noise Frac", "High noise fraction"],
  ["cfg", "Cfg", "Guidance"],
  ["hf_token", "Hf Token", "Hugging Face token"],
  ["openai_api_key", "Openai Api Key", "OpenAI API key"],
  ["lora_weights_2", "Lora Weights 2", "LoRA weights 2"],
  ["image_url", undefined, "Image URL"],
  ["refine", "", "Refine"],
  ["seed", "Random seed (optional)", "Random seed (optional)"],
  ["sd_model", 7, "SD model"],
  ["constructor", undefined, "Constructor"],
  ["with spaces", undefined, "With spaces"],
  ["_", undefined, "_"],
])("%s with the title %j is %s", (name, title, label) => {
  expect(labelOf(name, title)).toBe(label);
});

test.each([
  ["no_refiner", "No refiner"],
  ["block_only_high", "Block only high"],
  ["K_EULER", "K_EULER"],
  ["16:9", "16:9"],
  ["png", "png"],
])("the option %s is %s", (option, words) => {
  expect(identifierInWords(option)).toBe(words);
});
