import { expect, test } from "vitest";
import { mediaKinds, parseModelFilter, passesFilter } from "@/lib/models/model-filter";
import { findModel } from "./published-models";

test.each<[string, string[], string]>([
  ["black-forest-labs/flux-schnell", ["text"], "image"],
  ["cjwbw/rembg", ["image"], "image"],
  ["bytedance/seedance-2.0", ["text", "image", "video", "audio"], "video"],
  ["zsxkib/mmaudio", ["text", "video"], "video"],
  ["openai/whisper", ["audio"], "text"],
  ["minimax/music-1.5", ["text"], "audio"],
  ["meta/meta-llama-3-8b-instruct", ["text"], "text"],
  ["firtoz/trellis", ["image"], "3d"],
  ["tencent/hunyuan3d-2", ["image"], "3d"],
  ["adirik/grounding-dino", ["text", "image"], "image"],
])("%s takes %j and makes %s", (id, takes, makes) => {
  expect(mediaKinds(findModel(id).schema)).toEqual({ takes, makes });
});

test("a filter is read from the URL, and invalid values are ignored", () => {
  expect(parseModelFilter({ makes: "3d", takes: "image", q: "fox" })).toEqual({ makes: "3d", takes: "image" });
  expect(parseModelFilter({ makes: "other", takes: ["image", "video"] })).toEqual({});
});

test.each([
  [{}, null, true],
  [{ makes: "video" as const }, null, false],
  [{ makes: "video" as const }, { takes: ["text" as const], makes: "video" as const }, true],
  [{ makes: "image" as const }, { takes: ["text" as const], makes: "video" as const }, false],
  [{ takes: "image" as const }, { takes: ["text" as const, "image" as const], makes: "video" as const }, true],
  [
    { makes: "video" as const, takes: "audio" as const },
    { takes: ["text" as const, "image" as const], makes: "video" as const },
    false,
  ],
])("the filter %j lets %j pass: %s", (filter, kinds, passes) => {
  expect(passesFilter(filter, kinds)).toBe(passes);
});
