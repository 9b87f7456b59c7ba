import type { Field } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";

type Input = Record<string, unknown>;

/**
 * A number that we may not know exactly: what it usually is, and the most that it can be. If the input determines the number,
 * `usual` and `max` are equal.
 */
export type Range = { usual: number; max: number };

/** The number of pixels in a megapixel: 1024 × 1024. */
const MEGAPIXEL = 1_048_576;
/**
 * How many megapixels we assume for an image whose size we do not know: an input image, or an output image if the input contains
 * no size.
 */
const UNKNOWN_MEGAPIXELS = { usual: 1, max: 4 };
const UNKNOWN_SECONDS = { usual: 5, max: 60 };
/**
 * How many tokens we assume: `FILE_TOKENS` for each input file, `EXTRA_TOKENS` for the model's own instructions, and
 * `OUTPUT_TOKENS` for an answer whose length is not limited.
 */
const FILE_TOKENS = { usual: 1_500, max: 10_000 };
const EXTRA_TOKENS = 200;
const OUTPUT_TOKENS = { usual: 500, max: 128_000 };

/** Returns the number of characters in the text that the model speaks. */
export function characters({ text, prompt }: Input): Range {
  const spoken = text ?? prompt ?? "";
  return exactly(Array.from(typeof spoken === "string" ? spoken : JSON.stringify(spoken)).length);
}

/** The names of inputs for the number of steps. Models have different names for it. */
export const stepNames = ["num_inference_steps", "steps", "num_steps"];

/**
 * The inputs that decide how long a run takes, by name. The value of an input is compared with the model's default, or with
 * `usual` if the model has no default. With twice the value, we assume twice the run time. A scale applies to both sides of an
 * image: its `power` is 2, so with twice the scale we assume four times the run time.
 */
const WORK: Record<string, { usual: number; power?: number }> = {
  ...Object.fromEntries(stepNames.map((name) => [name, { usual: 25 }])),
  ...Object.fromEntries(["width", "height"].map((name) => [name, { usual: 1024 }])),
  ...Object.fromEntries(["scale", "scale_factor", "upscale"].map((name) => [name, { usual: 2, power: 2 }])),
  duration: { usual: 5 },
  num_frames: { usual: 81 },
};

/** Returns the input, with the model's default in place of every missing value. */
export function withDefaults(input: Input, fields: Field[]): Input {
  const defaults = fields.flatMap((field) =>
    field.default === undefined ? [] : [[field.name, field.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...input };
}

/** Returns the length of the video that an input requests (s). */
export function videoSeconds(input: Input, fields: Field[]): Range {
  const names = ["duration", "seconds"];
  const asked = names.map((name) => input[name]).find((value) => typeof value === "number" && value > 0);
  if (typeof asked === "number") return exactly(asked);
  // The input does not say how long the video is. So the model decides.
  return { ...UNKNOWN_SECONDS, max: fields.find(({ name }) => names.includes(name))?.max ?? UNKNOWN_SECONDS.max };
}

/** Returns the megapixels of an output image, rounded up. */
export function outputMegapixels(input: Input): Range {
  const { aspect_ratio: ratio = "custom", resolution, megapixels } = input;
  // If only one side is given, the other side is assumed to have the same length.
  const { width = input["height"], height = width } = input;
  if (ratio === "custom" && typeof width === "number" && typeof height === "number") {
    return exactly(Math.max(1, Math.ceil((width * height) / MEGAPIXEL)));
  }
  // The values of `resolution` and `megapixels` are, for example, "2 MP", "0.25" or "match_input_image".
  const size = [resolution, megapixels].map((value) => Number.parseFloat(String(value))).find((value) => value > 0);
  return size ? exactly(Math.ceil(size)) : UNKNOWN_MEGAPIXELS;
}

/** Returns the megapixels of all input images. */
export function inputMegapixels(input: Input, fields: Field[]): Range {
  const files = countFiles(input, fields);
  return { usual: files * UNKNOWN_MEGAPIXELS.usual, max: files * UNKNOWN_MEGAPIXELS.max };
}

/** Returns the number of tokens of an input. A token has at least one byte, so a text has at most as many tokens as bytes. */
export function inputTokens(input: Input, fields: Field[]): Range {
  const bytes = new TextEncoder().encode(JSON.stringify(input)).length;
  const files = countFiles(input, fields);
  return {
    usual: bytes / 4 + files * FILE_TOKENS.usual,
    max: bytes + EXTRA_TOKENS + files * FILE_TOKENS.max,
  };
}

/**
 * Returns the number of tokens of an answer. The maximum is the limit in the input, or else the highest limit that the model
 * allows.
 */
export function outputTokens(input: Input, fields: Field[]): Range {
  const isLimit = (name: string) => /^max_\w*tokens$/.test(name);
  const limits = Object.entries(input).flatMap(([name, value]) => (isLimit(name) ? [value] : []));
  // A limit of zero or less is ignored, because it may mean that there is no limit.
  const asked = limits.find((value) => typeof value === "number" && value > 0);
  const max = typeof asked === "number" ? asked : (fields.find(({ name }) => isLimit(name))?.max ?? OUTPUT_TOKENS.max);
  return { usual: Math.min(max, OUTPUT_TOKENS.usual), max };
}

/**
 * Returns the run time with this input, as a multiple of the run time with the model's defaults. Run time is assumed to grow
 * with the numbers of images, steps, frames and pixels.
 */
export function relativeTime(input: Input, fields: Field[]): number {
  const factors = Object.entries(WORK).map(([name, { usual, power = 1 }]) => {
    const [value, byDefault] = [input[name], fields.find((field) => field.name === name)?.default];
    const base = typeof byDefault === "number" && byDefault > 0 ? byDefault : usual;
    return typeof value === "number" ? Math.max(0, value / base) ** power : 1;
  });
  return factors.reduce((product, factor) => product * factor, imageCount(input, fields) / imageCount({}, fields));
}

/** Whether an input contains a file of unknown length, such as a recording. If so, the longest possible run time is assumed. */
export function takesLong(input: Input, fields: Field[]): boolean {
  const long = fields.filter(({ takes = "image" }) => takes !== "image" && takes !== "mask");
  return countFiles(input, long) > 0;
}

function countFiles(input: Input, fields: Field[]): number {
  const names = fields.filter(({ kind }) => kind === "file" || kind === "files").map(({ name }) => name);
  return names.flatMap((name) => input[name] ?? []).length;
}

export function exactly(number: number): Range {
  return { usual: number, max: number };
}

export function times(a: Range, b: Range): Range {
  return { usual: a.usual * b.usual, max: a.max * b.max };
}
