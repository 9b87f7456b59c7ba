// The server and the browser load this file, so it has no `server-only`.
import { EARLIER, EARLIER_MESSAGES } from "./question";

export type Message = { role: "system" | "user" | "assistant"; content: string };
type Input = Record<string, unknown>;

/**
 * Returns a conversation as one prompt, for a model that takes no messages. The last message comes at the end, unchanged. Each
 * earlier message is between two tags, such as `<message role="user">` and `</message>`. No message contains the name of the tag,
 * so a user cannot write a text that looks like a message of the model.
 */
export function toPrompt(messages: Message[]): string {
  const question = messages.at(-1)?.content ?? "";
  if (messages.length < 2) return question;
  const tag = unusedTag(messages);
  const earlier = messages.slice(0, -1).map(({ role, content }) => `<${tag} role="${role}">\n${content}\n</${tag}>\n`);
  return `${EARLIER}${earlier.join("")}\n${question}`;
}

/**
 * Returns the name of a tag that no message contains: `message`, or else `message-2`, `message-3` and so on. Tags in a message
 * are also found if they are written with spaces or capitals.
 */
function unusedTag(messages: Message[]): string {
  const text = messages.map(({ content }) => content.replaceAll(/\s/g, "")).join(" ");
  const used = new Set([...text.matchAll(/<\/?message(?:-(\d+))?/gi)].map(([, number = "1"]) => Number(number)));
  let number = 1;
  while (used.has(number)) number += 1;
  return number === 1 ? "message" : `message-${number}`;
}

/**
 * Returns the conversation in the input of a language model. If the input has no `messages`, reads the conversation from the
 * prompt (see `toPrompt`).
 */
export function readConversation({ prompt, messages }: Input): Message[] {
  if (Array.isArray(messages) && messages.length > 0) return messages.filter(isMessage);
  if (typeof prompt !== "string" || !prompt.trim()) return [];
  const [earlier = ""] = EARLIER_MESSAGES.exec(prompt) ?? [];
  const parts = earlier.matchAll(/<(message(?:-\d+)?) role="(system|user|assistant)">\n([^]*?)\n<\/\1>\n/g);
  const read = [...parts].map(([, , role, content]) => ({ role, content })).filter(isMessage);
  return [...read, { role: "user", content: prompt.slice(earlier.length) }];
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null || !("role" in value) || !("content" in value)) return false;
  return typeof value.content === "string" && /^(system|user|assistant)$/.test(String(value.role));
}

/**
 * Returns the input for a follow-up question. `input` and `answer` are those of the previous prediction. The conversation, with
 * `question` at its end, goes into `messages` if `inMessages` is true. Otherwise it goes into the prompt.
 */
export function toFollowUp(input: Input, answer: string, question: string, inMessages: boolean): Input {
  const { prompt: _prompt, messages: _messages, ...settings } = input;
  const before = readConversation(input);
  const conversation: Message[] = [
    ...before,
    { role: "assistant", content: answer },
    { role: "user", content: question },
  ];
  if (!inMessages) return { ...settings, prompt: toPrompt(conversation) };
  // A model that gets messages ignores its system prompt. So the text of the system prompt becomes the first message, unless
  // there is a system message already.
  const { system_prompt: system, ...others } = settings;
  const isLost = typeof system === "string" && system.trim() && !before.some(({ role }) => role === "system");
  return { ...others, messages: isLost ? [{ role: "system", content: system }, ...conversation] : conversation };
}
