import { z } from "zod";
import { MAX_CHAT_MESSAGES, MAX_WORDS_PROMPT } from "@/lib/limits/default-limits";

const Id = z.uuid().transform((id) => id.toLowerCase());

/**
 * The body of POST /api/words. `improve` writes a better version of `prompt`, for the model `model` or, without it, for the
 * default model. `describe` writes a prompt that describes one of the user's saved images. `transcribe` writes down what is said
 * in a recording that the user has uploaded.
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

const text = z.string().refine((words) => words.trim() !== "", "A text must not be empty.");
const Message = z.object({ role: z.enum(["system", "user", "assistant"]), content: text });
const noQuestion = "The last message must be from the user.";

/**
 * The body of POST /api/chat: a prompt or the messages of a conversation, and other inputs of the model. `system_prompt` and
 * `max_tokens` work for every model, even if the model has other names for them.
 */
export const NewChat = z
  .looseObject({
    model: z.string().max(300).optional(),
    prompt: text.nullish(),
    messages: z
      .array(Message)
      .max(MAX_CHAT_MESSAGES, `A conversation may have at most ${MAX_CHAT_MESSAGES} messages.`)
      .refine((messages) => messages.at(-1)?.role === "user", noQuestion)
      .nullish(),
    system_prompt: z.string().nullish(),
    max_tokens: z.int().min(1).nullish(),
  })
  .refine(({ prompt, messages }) => !prompt !== !messages, {
    path: ["prompt"],
    error: "Send either a prompt or messages.",
  });
export type NewChat = z.infer<typeof NewChat>;
