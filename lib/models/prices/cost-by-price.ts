import type { Field } from "@/lib/models/fields";
import { imageCount } from "@/lib/models/image-count";
import type { ModelPrice } from "./schema";
import {
  characters,
  exactly,
  inputMegapixels,
  inputTokens,
  outputMegapixels,
  outputTokens,
  relativeTime,
  times,
  videoSeconds,
  withDefaults,
  type Range,
} from "./quantities";

type Input = Record<string, unknown>;
type Priced<Per extends ModelPrice["per"]> = Extract<ModelPrice, { per: Per }>;

/**
 * The prices from which the cost of a run is calculated, in US dollars: the column `price`, which the SQL function `cost_of_run`
 * reads. Without any of the prices at the end, the cost cannot be calculated.
 */
export type RunPrice = {
  /**
   * `price`: the model's price. `time`: run time on its hardware. `estimate`: run time on hardware that is not known. `unknown`:
   * the model's price is not known; the limits count the amounts.
   */
  basis: "price" | "time" | "estimate" | "unknown";
  /** What such a run usually costs. */
  usual: number | null;
  /** For the run itself, and for each file, each second of run time and each token. */
  run?: number;
  file?: number;
  second?: number;
  input_token?: number;
  output_token?: number;
};

/** `max_usd`: the most that the run can cost. The limits count it until the cost is known. */
export type PricedRun = { price: RunPrice; max_usd: number };

/** A run takes at most this many times the usual time. Replicate cancels it after half an hour (s). */
const TIME_MARGIN = 5;
const MIN_SECONDS = 10;
const MAX_SECONDS = 1800;

/** Returns what a run with this input usually costs, and the most that it can cost, by the model's price. */
export function costByPrice(entry: ModelPrice, given: Input, fields: Field[]): PricedRun {
  const input = withDefaults(given, fields);
  switch (entry.per) {
    case "run":
      return fixed(chooseTier(entry, input));
    case "second of video":
      return fixed(times(chooseTier(entry, input), videoSeconds(input, fields)));
    case "image": {
      const image = chooseTier(entry, input);
      const amounts = image.usual === image.max ? { file: image.usual } : {};
      return priced(times(image, exactly(imageCount(input, fields))), "price", amounts);
    }
    case "thousand characters":
      return fixed(times(exactly(entry.usd / 1000), characters(input)));
    case "megapixel": {
      const [before, after] = [inputMegapixels(input, fields), outputMegapixels(input)];
      const cost = (of: keyof Range) => entry.run_usd + entry.input_usd * before[of] + entry.usd * after[of];
      return fixed({ usual: cost("usual"), max: cost("max") });
    }
    case "million tokens": {
      const [before, after] = [inputTokens(input, fields), outputTokens(input, fields)];
      const [input_token, output_token] = [entry.usd / 1e6, entry.output_usd / 1e6];
      const cost = (of: keyof Range) => input_token * before[of] + output_token * after[of];
      return priced({ usual: cost("usual"), max: cost("max") }, "price", { input_token, output_token });
    }
    case "second":
      return priceByTime(entry, relativeTime(input, fields));
  }
}

/** `relative`: how much longer this run takes than the usual one. */
function priceByTime(entry: Priced<"second">, relative: number): PricedRun {
  const { usd, usual_usd = 0, usual_seconds = 0 } = entry;
  const second = usd ?? usual_usd / usual_seconds;
  const usual = (usual_usd / second || usual_seconds) * relative;
  const max = Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, TIME_MARGIN * usual));
  return priced(times(exactly(second), { usual, max }), usd === undefined ? "estimate" : "time", { second });
}

/** Returns the amount of the first tier whose `when` equals the input, or else of the dearest. */
function chooseTier(entry: Priced<"run" | "image" | "second of video">, input: Input): Range {
  const { usd, max_usd } = entry;
  const tiers = usd === undefined ? entry.tiers : [{ when: {}, usd, max_usd }];
  const ranges = tiers.map((tier) => ({ when: tier.when, usual: tier.usd, max: tier.max_usd ?? tier.usd }));
  const chosen = ranges.find(({ when }) =>
    Object.entries(when).every(([name, value]) => (value === true ? isGiven(input[name]) : input[name] === value)),
  );
  return chosen ?? ranges.reduce((dearest, range) => (range.max > dearest.max ? range : dearest), exactly(0));
}

/** A cost that the input decides. */
function fixed(usd: Range): PricedRun {
  return priced(usd, "price", usd.usual === usd.max ? { run: usd.usual } : {});
}

function priced({ usual, max }: Range, basis: RunPrice["basis"], amounts: Partial<RunPrice>): PricedRun {
  return { price: { ...amounts, basis, usual: round(usual) }, max_usd: Math.max(round(usual), round(max)) };
}

/** To millionths of a dollar. */
function round(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
