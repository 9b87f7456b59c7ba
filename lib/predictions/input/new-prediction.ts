import { z } from "zod";
import { WORDS_TOOLS } from "@/lib/predictions/status";

/** A request for a prediction. `combineRef` explains which forms `model` and `version` may have. */
export const NewPrediction = z.strictObject({
  model: z.string().max(200).optional(),
  version: z.string().max(300).optional(),
  input: z.record(z.string().max(100), z.unknown()),
  tool: z.string().max(50).optional(),
  parent: z.uuid().optional(),
});
export type NewPrediction = z.infer<typeof NewPrediction>;

/**
 * The body of POST /api/replicate. `reuse`: if the input has a seed, the response may be an earlier prediction of the same
 * request. The tools in `WORDS_TOOLS` have their own route, so they are refused here.
 */
export const CreateBody = NewPrediction.extend({
  tool: NewPrediction.shape.tool.refine(
    (tool) => !tool || !WORDS_TOOLS.includes(tool),
    "Use POST /api/words for this tool.",
  ),
  reuse: z.boolean().default(false),
});
