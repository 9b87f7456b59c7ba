import type { Field } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";
import type { ModelPrice } from "./schema";
import {
  characters,
  exactly,
  inputMegapixels,
  inputTokens,
  outputMegapixels,
  outputTokens,
  relativeTime,
  takesLong,
  times,
  videoSeconds,
  withDefaults,
  type Range,
} from "./quantities";

type Input = Record<string, unknown>;
type Priced<Per extends ModelPrice["per"]> = Extract<ModelPrice, { per: Per }>;

/**
 * The price of a run, as the column `price` stores it. When the run has ended, the SQL function `cost_of_run` calculates the cost
 * from this price. If the price contains none of the amounts `run`, `file`, `second` and so on, the cost stays unknown.
 */
export type RunPrice = {
  /**
   * How the cost is calculated. `price`: with the model's own price. `time`: by run time, and we know what a second costs.
   * `estimate`: by run time, but we know neither the hardware nor what a second costs, so we estimate what a second costs.
   * `unknown`: we do not know the model's price. In this case, the amounts below are only assumptions that count toward the
   * limits, and users see no cost.
   */
  basis: "price" | "time" | "estimate" | "unknown";
  /** What a run with this input usually costs (US dollars). Null if unknown. */
  usual: number | null;
  /** Amounts in US dollars: for the whole run, for each output file, for each second of run time, and for each token. */
  run?: number;
  file?: number;
  second?: number;
  input_token?: number;
  output_token?: number;
};

/** `max_usd`: the most that the run can cost (US dollars). Until the cost is known, this amount counts toward the limits. */
export type PricedRun = { price: RunPrice; max_usd: number };

/**
 * The longest run time (s) is assumed to be `TIME_MARGIN` times the usual run time, but at least `MIN_SECONDS` and at most
 * `MAX_SECONDS`. Replicate cancels a run after half an hour.
 */
const TIME_MARGIN = 3;
const MIN_SECONDS = 10;
export const MAX_SECONDS = 1800;
/** The highest cost that is calculated (US dollars). Without it, an input with a huge number could have an infinite cost. */
const MAX_USD = 1_000_000;

/** Returns what a run with this input usually costs, and the most that it can cost, according to the model's price. */
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
      return priceByTime(entry, input, fields);
  }
}

function priceByTime(entry: Priced<"second">, input: Input, fields: Field[]): PricedRun {
  const { usd, usual_usd = 0, usual_seconds = 0 } = entry;
  const relative = relativeTime(input, fields);
  const second = usd ?? usual_usd / usual_seconds;
  const usual = (usual_usd / second || usual_seconds) * relative;
  const longest = takesLong(input, fields) ? MAX_SECONDS : TIME_MARGIN * usual;
  const max = Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, longest));
  return priced(times(exactly(second), { usual, max }), usd === undefined ? "estimate" : "time", { second });
}

/**
 * Returns the amount of the first tier whose conditions (`when`) the input fulfills. If no tier matches, returns the amount of
 * the most expensive tier.
 */
function chooseTier(entry: Priced<"run" | "image" | "second of video">, input: Input): Range {
  const { usd, max_usd } = entry;
  const tiers = usd === undefined ? entry.tiers : [{ when: {}, usd, max_usd }];
  const ranges = tiers.map((tier) => ({ when: tier.when, usual: tier.usd, max: tier.max_usd ?? tier.usd }));
  const chosen = ranges.find(({ when }) =>
    Object.entries(when).every(([name, value]) => (value === true ? isGiven(input[name]) : input[name] === value)),
  );
  return chosen ?? ranges.reduce((dearest, range) => (range.max > dearest.max ? range : dearest), exactly(0));
}

/**
 * Returns the price of a run whose cost depends on nothing but its input. If we can only give a range for this input, because the
 * usual cost and the highest cost differ, the price contains no amount. Then the cost stays unknown even after the run.
 */
function fixed(usd: Range): PricedRun {
  return priced(usd, "price", usd.usual === usd.max ? { run: usd.usual } : {});
}

function priced({ usual, max }: Range, basis: RunPrice["basis"], amounts: Partial<RunPrice>): PricedRun {
  return { price: { ...amounts, basis, usual: round(usual) }, max_usd: Math.max(round(usual), round(max)) };
}

/** Rounds to millionths of a dollar. */
function round(usd: number): number {
  return Math.round(Math.min(MAX_USD, Math.max(0, usd)) * 1e6) / 1e6;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
