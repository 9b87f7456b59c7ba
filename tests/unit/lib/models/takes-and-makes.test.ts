import { describe, expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { whatItMakes, whatItTakes } from "@/lib/models/inputs/takes-and-makes";
import { OpenApiSchema } from "@/lib/replicate/schema";
import { publishedModels } from "../../../../sandbox/replicate/catalog/published-models.ts";
import { serializeVersion } from "../../../../sandbox/replicate/catalog/serialize-version.ts";
import { documentWith } from "./documents";

/** Returns the ids of the published models with one of these tags. */
function tagged(...tags: string[]): string[] {
  return publishedModels.filter((model) => model.tags.some((tag) => tags.includes(tag))).map(({ id }) => id);
}

function makes(id: string) {
  const version = publishedModels.find((model) => model.id === id)?.versions[0];
  return version && whatItMakes(OpenApiSchema.parse(serializeVersion(version).openapi_schema));
}

test.each(tagged("text-to-image", "image-editing", "super-resolution", "image-restoration", "text-to-svg"))(
  "%s makes images",
  (id) => {
    expect(makes(id)).toBe("image");
  },
);

test.each(tagged("text-to-video", "image-to-video", "video-to-audio"))("%s makes videos", (id) => {
  expect(makes(id)).toBe("video");
});

test.each([...tagged("text-to-speech"), "meta/musicgen", "minimax/music-1.5", "stability-ai/stable-audio-2.5"])(
  "%s makes sound",
  (id) => {
    expect(makes(id)).toBe("audio");
  },
);

test.each(tagged("language-models", "vision-models", "image-to-text", "speech-to-text", "getting-started"))(
  "%s makes text",
  (id) => {
    expect(makes(id)).toBe("text");
  },
);

test.each([...tagged("3d-models", "embedding-models"), "cloneofsimo/lora-training"])(
  "%s makes something else",
  (id) => {
    expect(makes(id)).toBe("other");
  },
);

test.each([
  ["no document", null],
  ["no description of the output", documentWith({ prompt: { type: "string" } })],
])("with %s, images are assumed", (_, document) => {
  expect(whatItMakes(document)).toBe("image");
});

describe("a model with an object as its output", () => {
  const uri = { type: "string", format: "uri" };
  const makesOf = (output: object, inputs: object = {}) => whatItMakes(documentWith(inputs, { Output: output }));
  const object = (properties: object) => ({ type: "object", properties });

  test.each([
    [{ mask: uri, parts: { type: "array", items: uri } }, "image"],
    [{ audio: uri, spectrogram: uri }, "audio"],
    [{ mesh: uri, preview_video: uri }, "other"],
    [{ detections: { type: "array" } }, "other"],
  ])("makes what its files are called: %j", (properties, makes) => {
    expect(makesOf(object(properties))).toBe(makes);
  });

  test("makes text of sound", () => {
    const sound = { audio: uri };
    expect(makesOf(object({ text: { type: "string" }, srt_file: uri }), sound)).toBe("text");
    expect(makesOf({}, sound)).toBe("text");
    expect(makesOf(object({ vocals: uri, drums: uri }), sound)).toBe("audio");
  });

  test("by a reference is followed", () => {
    const schemas = { Output: { $ref: "#/components/schemas/Result" }, Result: { type: "array", items: uri } };
    expect(whatItMakes(documentWith({}, schemas))).toBe("image");
  });
});

test.each([
  ["black-forest-labs/flux-schnell", ["text"]],
  ["cjwbw/rembg", ["image"]],
  ["black-forest-labs/flux-fill-pro", ["text", "image", "mask"]],
  ["google/gemini-2.5-flash", ["text", "image", "video"]],
  ["bytedance/seedance-2.0", ["text", "image", "video", "audio"]],
  ["openai/whisper", ["audio"]],
  ["zsxkib/mmaudio", ["text", "video"]],
  ["minimax/music-1.5", ["text"]],
  ["nateraw/bge-large-en-v1.5", ["document", "text"]],
  ["philz1337x/clarity-upscaler", ["image", "text", "mask"]],
  ["kwaivgi/kling-v2.5-turbo-pro", ["text", "image"]],
])("%s takes %j", (id, takes) => {
  const version = publishedModels.find((model) => model.id === id)?.versions[0];
  const document = version && OpenApiSchema.parse(serializeVersion(version).openapi_schema);
  expect(document && whatItTakes(getFields(document)).toSorted()).toEqual(takes.toSorted());
});
