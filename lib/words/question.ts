// The browser loads this file too, so it has no `server-only`.
import type { Field } from "@/lib/models/inputs/fields";

/** How a prompt with earlier messages begins. */
export const EARLIER = "The conversation so far:\n";
/** The earlier messages in a prompt, as `toPrompt` writes them. The rest is the question. */
export const EARLIER_MESSAGES = new RegExp(`^${EARLIER}<(message(?:-\\d+)?) role=[^]*\\n</\\1>\\n\\n`);

/** Returns what the input of a language model asks: its prompt without earlier messages, or the last message. */
export function questionIn({ prompt, messages }: Record<string, unknown>): string {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : null;
  if (typeof last === "object" && last !== null && "content" in last && typeof last.content === "string") {
    return last.content;
  }
  return typeof prompt === "string" ? prompt.replace(EARLIER_MESSAGES, "") : "";
}

/** Whether a language model takes a list of messages. It then ignores its prompt and its system prompt. */
export function takesMessages(fields: Field[]): boolean {
  return fields.some(({ name, json }) => name === "messages" && json === "array");
}
