import { z } from "zod";
import { MAX_WORDS_PROMPT } from "@/lib/limits/default-limits";

const Id = z.uuid().transform((id) => id.toLowerCase());

/**
 * The body of POST /api/words. `improve`: writes a better version of a prompt for `model` (by default, the default model).
 * `describe`: writes a prompt for one of the user's images. `transcribe`: writes down what is said in a recording, which is an
 * upload of the user.
 */
export const NewWords = z.discriminatedUnion("task", [
  z.strictObject({
    task: z.literal("improve"),
    prompt: z
      .string()
      .trim()
      .min(1)
      .max(MAX_WORDS_PROMPT, `The prompt may have at most ${MAX_WORDS_PROMPT} characters.`),
    model: z.string().max(300).optional(),
  }),
  z.strictObject({ task: z.literal("describe"), media: Id }),
  z.strictObject({ task: z.literal("transcribe"), upload: Id }),
]);
export type NewWords = z.infer<typeof NewWords>;
