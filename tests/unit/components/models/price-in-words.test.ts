import { expect, test } from "vitest";
import { priceInWords } from "@/components/models/price-in-words";
import { findPrice, pricedModels } from "@/lib/models/prices/price-list";

test.each([
  ["google/nano-banana", "about $0.039 per image"],
  ["google/nano-banana-2", "about $0.067 to $0.15 per image"],
  ["minimax/hailuo-2.3", "about $0.28 to $0.56 per run"],
  ["wan-video/wan-2.2-t2v-fast", "about $0.05 to $0.10 per run"],
  ["google/veo-3.1", "about $0.20 to $0.40 per second of video"],
  ["minimax/speech-02-turbo", "about $0.06 per 1,000 characters"],
  ["meta/meta-llama-3-8b-instruct", "about $0.05 per million input tokens, $0.25 per million output tokens"],
  ["prunaai/z-image-turbo", "about $0.0025 per megapixel"],
  ["black-forest-labs/flux-2-pro", "about $0.015 per run and $0.015 per megapixel"],
  ["stability-ai/sdxl", "about $0.0063 per run, billed by time"],
  ["ostris/flux-dev-lora-trainer", "about $0.012 per run, billed by time"],
])("the price of %s is %s", (model, words) => {
  const price = findPrice(model);
  expect(price && priceInWords(price)).toBe(words);
});

test.each(pricedModels)("the price of %s has words without gaps", (model) => {
  const price = findPrice(model);
  expect(price && priceInWords(price)).toMatch(/^about \$\d[\d.]*( .+)? (per|and) /);
});
