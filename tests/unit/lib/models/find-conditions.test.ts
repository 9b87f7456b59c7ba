import { describe, expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { isUsed } from "@/lib/models/inputs/used-when";
import { documentWith, versions } from "./documents";

const others = {
  prompt: { type: "string" },
  aspect_ratio: { enum: ["1:1", "custom", "match image"] },
  image: { type: "string", format: "uri" },
  image_prompt: { type: "string" },
  enhance: { type: "boolean" },
  scale: { type: "number" },
  mode: { enum: ["standard", "pro"] },
  images: { type: "array", items: { type: "string", format: "uri" } },
};

const conditionsOf = (description: string, more: object = {}, required: string[] = []) =>
  getFields(documentWith({ ...others, odd: { type: "string", description, ...more } }, { required })).find(
    ({ name }) => name === "odd",
  )?.usedWhen;

const custom = { field: "aspect_ratio", values: ["custom"] };
const not = { isNot: true };

test.each<[string, object]>([
  ["Width in pixels; only counts when aspect_ratio is custom.", custom],
  ["Width of the image. Only used when aspect_ratio=custom. Must be a multiple of 32.", custom],
  ["Custom width (only used when aspect_ratio='custom'). Range: 1024-4096.", custom],
  ["Only used if `aspect_ratio` is set to “custom”", custom],
  ["Used when aspect_ratio is custom", custom],
  ["Only applies when the aspect ratio is custom, otherwise ignored", custom],
  ["Has no effect when aspect_ratio is custom.", { ...custom, ...not }],
  ["Resolution is not used when aspect_ratio is 'custom'.", { ...custom, ...not }],
  ["Only used when aspect_ratio is not custom.", { ...custom, ...not }],
  ["Only used when aspect_ratio is 'custom' or 'match image'.", { ...custom, values: ["custom", "match image"] }],
  ["Final frame; only counts with image.", { field: "image" }],
  ["Only works if image is provided.", { field: "image" }],
  ["Ignored if an image is given.", { field: "image", ...not }],
  ["Shape of the clip; off while image is given.", { field: "image", ...not }],
  ["Only used when image is not provided", { field: "image", ...not }],
  ["Only used when image_prompt is set", { field: "image_prompt" }],
  ["Ignored when images is empty.", { field: "images" }],
  ["Strength; only counts with enhance.", { field: "enhance", values: [true] }],
  ["Only used if enhance is true.", { field: "enhance", values: [true] }],
  ["Only used if enhance is disabled.", { field: "enhance", values: [true], ...not }],
  ["Only for mode='pro'.", { field: "mode", values: ["pro"] }],
  ["Only used when scale is 2", { field: "scale", values: [2] }],
])("%s", (description, condition) => {
  expect(conditionsOf(description)).toEqual([condition]);
});

test.each([
  "Width in pixels.",
  "Only counts with the expert refiner.",
  "Only used when aspect_ratio is custom or size is large.",
  "Only used when aspect_ratio is custom, or with an image.",
  "Only used when aspect_ratio is unheard of.",
  "Only used when aspect_ratio is longer.",
  "Only with image generation.",
  "Only for image.",
  "Used if an image is given.",
  "Only used when image is large.",
  "Only used together with scale.",
  "Only used with mode.",
  "Ignored if a resolution or image is given.",
  "Not only used when aspect_ratio is custom.",
  "Never ignored when image is given.",
  "Only used when prompt is given.",
  "Picture to redraw; needs image.",
  "Only used when odd is set.",
])("is not taken for a condition: %s", (description) => {
  expect(conditionsOf(description)).toBeUndefined();
});

test("a required input and a prompt have no conditions", () => {
  expect(conditionsOf("Only used when aspect_ratio is custom.", {}, ["odd"])).toBeUndefined();
  const prompt = { type: "string", description: "Only used when mode is pro." };
  expect(getFields(documentWith({ ...others, prompt }))[0]?.usedWhen).toBeUndefined();
});

describe("conditions that depend on each other", () => {
  const with_ = (name: string) => ({ type: "string", description: `Only counts with ${name}.` });

  test("in a circle are ignored", () => {
    const fields = getFields(documentWith({ a: with_("b"), b: with_("a"), c: with_("a"), d: with_("d") }));
    expect(fields.map(({ usedWhen }) => usedWhen)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("in a short row all count", () => {
    const fields = getFields(documentWith({ a: { type: "string" }, b: with_("a"), c: with_("b") }));
    const isCUsed = (values: object) => isUsed(fields[2]!, fields, { ...values });
    expect([{ b: "x" }, { a: "x", b: " " }, { a: "x", b: "x" }].map(isCUsed)).toEqual([false, false, true]);
  });
});

test("a schema with a great many descriptions is read quickly", () => {
  const description = "Only used when a is b or c. ".repeat(1000);
  const properties = Object.fromEntries(
    Array.from({ length: 190 }, (_, n) => [`a${n}`, { type: "string", description }]),
  );
  // If `getFields` read whole descriptions, this call would take longer than the time limit of a test.
  expect(getFields(documentWith(properties))).toHaveLength(190);
});

test("the conditions of the published models", () => {
  const found = versions.flatMap(({ id, document }) =>
    getFields(document).flatMap(({ name, usedWhen = [] }) =>
      usedWhen.map(
        ({ field, values, isNot }) => `${id} ${name}: ${field} ${isNot ? "not " : ""}${values?.join() ?? "given"}`,
      ),
    ),
  );
  expect(found).toEqual([
    "black-forest-labs/flux-1.1-pro width: aspect_ratio custom",
    "black-forest-labs/flux-1.1-pro height: aspect_ratio custom",
    "black-forest-labs/flux-2-flex resolution: aspect_ratio not custom",
    "black-forest-labs/flux-2-flex width: aspect_ratio custom",
    "black-forest-labs/flux-2-flex height: aspect_ratio custom",
    "black-forest-labs/flux-2-pro resolution: aspect_ratio not custom",
    "black-forest-labs/flux-2-pro width: aspect_ratio custom",
    "black-forest-labs/flux-2-pro height: aspect_ratio custom",
    "bytedance/seedance-1-lite last_frame_image: image given",
    "bytedance/seedance-1-pro last_frame_image: image given",
    "bytedance/seedance-2.0 last_frame_image: image given",
    "bytedance/seedream-4 aspect_ratio: size not custom",
    "bytedance/seedream-4 width: size custom",
    "bytedance/seedream-4 height: size custom",
    "google/veo-3.1 last_frame: image given",
    "google/veo-3.1-fast last_frame: image given",
    "kwaivgi/kling-v2.5-turbo-pro aspect_ratio: start_image not given",
    "kwaivgi/kling-v3-video aspect_ratio: start_image not given",
    "meta/musicgen continuation_start: continuation true",
    "meta/musicgen continuation_end: continuation true",
    "ostris/flux-dev-lora-trainer width: aspect_ratio custom",
    "ostris/flux-dev-lora-trainer height: aspect_ratio custom",
    "philz1337x/clarity-upscaler downscaling_resolution: downscaling true",
    "topazlabs/image-upscale face_enhancement_creativity: face_enhancement true",
    "topazlabs/image-upscale face_enhancement_strength: face_enhancement true",
  ]);
});
