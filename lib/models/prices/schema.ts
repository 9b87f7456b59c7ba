import { z } from "zod";

// Facts of a date: Replicate's API does not tell prices. Amounts are US dollars.
export const Fact = z.object({ date: z.string(), source: z.string() });

/** An amount, or several by input: the first tier counts whose `when` equals the input. `true` also means: given. */
const Amount = {
  usd: z.number().optional(),
  /** The most that it may be, if the input does not decide it. */
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
  /** Of the output; perhaps with an amount for each megapixel of the input images, and one for the run. */
  Fact.extend({
    per: z.literal("megapixel"),
    usd: z.number(),
    input_usd: z.number().default(0),
    run_usd: z.number().default(0),
  }),
  /** Of run time: of `hardware`, or `usd`. If neither is known, it follows from the usual cost and time of a run. */
  Fact.extend({
    per: z.literal("second"),
    hardware: z.string().optional(),
    usd: z.number().optional(),
    usual_usd: z.number().optional(),
    usual_seconds: z.number().optional(),
  }),
]);
export type ModelPrice = z.infer<typeof ModelPrice>;
