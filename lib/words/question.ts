// The server and the browser load this file, so it has no `server-only`.
import type { Field } from "@/lib/models/inputs/fields";

/** The beginning of a prompt that contains earlier messages. */
export const EARLIER = "The conversation so far:\n";
/**
 * Matches the start of a prompt that `toPrompt` has made: the earlier messages of the conversation. The question comes after
 * them.
 */
export const EARLIER_MESSAGES = new RegExp(`^${EARLIER}<(message(?:-\\d+)?) role=[^]*\\n</\\1>\\n\\n`);

/**
 * Returns the question in the input of a language model. This is the last message or, without messages, the prompt. A prompt that
 * `toPrompt` has made begins with the earlier messages of the conversation. They are left out.
 */
export function questionIn({ prompt, messages }: Record<string, unknown>): string {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : null;
  if (typeof last === "object" && last !== null && "content" in last && typeof last.content === "string") {
    return last.content;
  }
  return typeof prompt === "string" ? prompt.replace(EARLIER_MESSAGES, "") : "";
}

/**
 * Whether a language model has an input for a list of messages. A model that gets messages ignores its prompt and its system
 * prompt.
 */
export function takesMessages(fields: Field[]): boolean {
  return fields.some(({ name, json }) => name === "messages" && json === "array");
}
