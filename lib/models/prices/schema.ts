import { z } from "zod";

// The date and the source of a price. Each price has them, because Replicate's API does not report prices. All amounts are in US
// dollars.
export const Fact = z.object({ date: z.string(), source: z.string() });

/**
 * One amount (`usd`), or several that depend on the input (`tiers`). The first tier whose `when` matches the input is used.
 * `when` contains values of input fields, by name. `true` means that the field must have a value.
 */
const Amount = {
  usd: z.number().optional(),
  /**
   * The highest possible amount. Only set if the input alone does not determine the amount, so that `usd` is only the usual
   * amount.
   */
  max_usd: z.number().optional(),
  tiers: z
    .array(
      z.object({
        when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        usd: z.number(),
        max_usd: z.number().optional(),
      }),
    )
    .default([]),
};

export const ModelPrice = z.discriminatedUnion("per", [
  Fact.extend({ per: z.enum(["run", "image", "second of video"]), ...Amount }),
  Fact.extend({ per: z.literal("thousand characters"), usd: z.number() }),
  Fact.extend({ per: z.literal("million tokens"), usd: z.number(), output_usd: z.number() }),
  /**
   * `usd` is the price of each megapixel of the output, `input_usd` of each megapixel of the input images, and `run_usd` of the
   * run itself.
   */
  Fact.extend({
    per: z.literal("megapixel"),
    usd: z.number(),
    input_usd: z.number().default(0),
    run_usd: z.number().default(0),
  }),
  /**
   * A second of run time costs what `hardware` costs, or else `usd`. If neither is known, the price of a second is `usual_usd`
   * divided by `usual_seconds`: the usual cost of a run by its usual time.
   */
  Fact.extend({
    per: z.literal("second"),
    hardware: z.string().optional(),
    usd: z.number().optional(),
    usual_usd: z.number().optional(),
    usual_seconds: z.number().optional(),
  }).refine(({ hardware, usd, usual_usd, usual_seconds }) => hardware || usd || (usual_usd && usual_seconds)),
]);
export type ModelPrice = z.infer<typeof ModelPrice>;
