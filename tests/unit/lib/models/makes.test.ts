import { expect, test } from "vitest";
import { whatItMakes } from "@/lib/models/makes";
import { OpenApiSchema } from "@/lib/replicate/schema";
import { publishedModels } from "../../../../sandbox/replicate/catalog/published-models.ts";
import { serializeVersion } from "../../../../sandbox/replicate/catalog/serialize-version.ts";
import { documentWith } from "./documents";

/** The published models with one of these tags. */
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

test.each(tagged("language-models", "vision-models", "image-to-text", "getting-started"))("%s makes text", (id) => {
  expect(makes(id)).toBe("text");
});

test.each(tagged("3d-models", "embedding-models", "speech-to-text"))("%s makes something else", (id) => {
  expect(makes(id)).toBe("other");
});

test.each([
  ["no document", null],
  ["no description of the output", documentWith({ prompt: { type: "string" } })],
])("with %s, images are assumed", (_, document) => {
  expect(whatItMakes(document)).toBe("image");
});
