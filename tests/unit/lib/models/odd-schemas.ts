import { documentWith } from "./documents";

type Random = () => number;

/** Returns a generator of random numbers, which are the same in each run (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = [
  "prompt",
  "image",
  "images",
  "mask",
  "aspect_ratio",
  "width",
  "height",
  "seed",
  "noise_seed",
  "num_outputs",
  "max_images",
  "steps",
  "negative_prompt",
  "structured_prompt",
  "hf_token",
  "openai_api_key",
  "lora_weights",
  "video",
  "audio",
  "with spaces",
  "quotes\"'`",
  "model",
  "key",
  "constructor",
  "_",
  "x".repeat(120),
];

const FILE = { type: "string", format: "uri" };

/** Schemas of inputs: valid ones, as real models have them, and invalid ones. Anyone can publish a model with any schema. */
const ODDITIES: ((random: Random) => unknown)[] = [
  () => ({ type: "string" }),
  () => ({ type: "string", default: "x".repeat(400).replaceAll("xxxx", "word\n") }),
  () => ({ type: "string", default: " " }),
  () => ({ type: "string", default: 7 }),
  () => ({ type: "string", default: null, nullable: true }),
  () => ({ type: "string", maxLength: 3, minLength: 2 }),
  () => ({ type: "string", format: "password", "x-cog-secret": true, writeOnly: true }),
  () => ({ type: "string", pattern: "^(a+)+$" }),
  () => ({ type: "integer", minimum: 0, maximum: 65_535 }),
  () => ({ type: "integer", default: -1, minimum: 0 }),
  () => ({ type: "integer", ge: 1, le: 4, default: 9 }),
  () => ({ type: "integer", minimum: 5, maximum: 1 }),
  () => ({ type: "integer", minimum: 1.2, maximum: 1.8 }),
  () => ({ type: "number", exclusiveMinimum: 0, maximum: 1e300 }),
  () => ({ type: "number", default: "0.5" }),
  () => ({ type: "boolean", default: true }),
  () => ({ type: "boolean", default: "true" }),
  () => ({ allOf: [{ $ref: "#/components/schemas/Choice" }], default: "b" }),
  () => ({ allOf: [{ $ref: "#/components/schemas/Choice" }], default: "z" }),
  () => ({ enum: [24] }),
  () => ({ enum: ["None", "Chinese,Yue", "🔥 fast", "", "no_refiner"], default: "None" }),
  () => ({ enum: [1, "1", 2.5, true, null, {}] }),
  () => ({ type: "integer", enum: Array.from({ length: 260 }, (_, index) => index) }),
  () => ({ const: "only" }),
  () => FILE,
  () => ({ ...FILE, nullable: true, default: null }),
  () => ({ ...FILE, default: "https://example.com/a.png" }),
  () => ({ ...FILE, description: "ZIP of images" }),
  () => ({ type: "array", items: FILE, minItems: 2, maxItems: 3 }),
  () => ({ type: "array", items: { ...FILE, anyOf: [] }, nullable: true }),
  () => ({ type: "array", items: { anyOf: [] } }),
  () => ({ type: "array", items: { type: "string" }, default: ["a", "b"], maxItems: 1 }),
  () => ({ type: "array", items: { type: "integer", minimum: 1 } }),
  () => ({ type: "array", items: { $ref: "#/components/schemas/Choice" } }),
  () => ({ type: "array", items: { type: "object" }, default: [{ a: 1 }] }),
  () => ({ type: "array" }),
  () => ({ type: "object", default: { a: 1 } }),
  () => ({ anyOf: [{ type: "string" }, { type: "integer" }] }),
  () => ({ anyOf: [{ type: "string" }, { type: "null" }], title: "Maybe" }),
  () => ({ type: ["integer", "null"], maximum: 5 }),
  () => ({ $ref: "#/components/schemas/Loop" }),
  () => ({ $ref: "#/components/schemas/Nothing" }),
  () => ({ type: "banana" }),
  () => ({ not: {} }),
  () => null,
  () => 5,
  () => [],
  (random) => ({ type: "string", deprecated: true, title: "", "x-order": Math.floor(random() * 3) }),
  (random) => ({ type: "number", description: `Only used when ${pick(NAMES, random)} is custom.` }),
  (random) => ({ type: "string", description: `Ignored if ${pick(NAMES, random)} is given.`, "x-order": 1e9 }),
];

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!;
}

/** Returns documents of randomly chosen `ODDITIES`. The documents are the same in each run. */
export function oddDocuments(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const random = randomFrom(index + 1);
    const names = NAMES.filter(() => random() < 0.35);
    const properties = Object.fromEntries(names.map((name) => [name, pick(ODDITIES, random)(random)]));
    const required = random() < 0.5 ? names.filter(() => random() < 0.2) : undefined;
    const Output = pick(
      [undefined, FILE, { type: "array", items: FILE }, { type: "string" }, {}, { type: "object" }],
      random,
    );
    return documentWith(properties, {
      required,
      Choice: { type: "string", enum: ["a", "b", "c"] },
      Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }] },
      ...(Output && { Output }),
    });
  });
}
