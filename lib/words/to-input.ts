import { MAX_WORDS_TOKENS } from "@/lib/limits/default-limits";
import { uploadPath } from "@/lib/media/media-urls";
import type { Field } from "@/lib/models/inputs/fields";

/**
 * The names of two inputs, which differ between models. `SYSTEM`: the input for general instructions. `LIMIT`: the input for the
 * highest number of tokens in an answer.
 */
export const SYSTEM = ["system_prompt", "system_instruction"];
export const LIMIT = ["max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "max_length"];

type Request = {
  instructions: string;
  text: string;
  /** The path of the image to look at. */
  image?: string;
};

/**
 * Returns the input of a language model with these `fields`. The instructions go into the system prompt of the model, or into the
 * prompt if there is no input for a system prompt. The limit of tokens is `MAX_WORDS_TOKENS`, or the nearest number that the
 * model accepts.
 */
export function toInput(fields: Field[], { instructions, text, image }: Request): Record<string, unknown> {
  const find = (names: string[]) => fields.find(({ name }) => names.includes(name));
  const system = find(SYSTEM);
  const limit = find(LIMIT);
  // The prompt for a model without a system prompt: the instructions, and then the user's text between tags. For an image, the
  // instructions alone are the prompt.
  const together = image === undefined ? `${instructions}\n\n<prompt>\n${text}\n</prompt>` : instructions;
  const file = image === undefined ? undefined : fields.find(({ takes }) => takes === "image");
  return {
    prompt: system ? text : together,
    ...(system && { [system.name]: instructions }),
    ...(limit && { [limit.name]: acceptedTokens(limit, MAX_WORDS_TOKENS) }),
    ...(file && { [file.name]: file.kind === "files" ? [image] : image }),
  };
}

/** Returns `most` if the field accepts it. Otherwise returns the nearest number that the field accepts. */
export function acceptedTokens({ min = 1, max = Infinity }: Field, most: number): number {
  return Math.min(max, Math.max(min, most));
}

/**
 * Returns the input with which a speech-to-text model transcribes a recording. `fields` are the inputs of the model, and `upload`
 * is the id of the recording.
 */
export function toRecordingInput(fields: Field[], upload: string): Record<string, unknown> {
  const name = fields.find(({ takes }) => takes === "audio")?.name ?? "audio";
  return { [name]: uploadPath(upload) };
}
