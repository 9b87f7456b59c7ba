import { beforeEach, expect, test, vi } from "vitest";
import { MAX_CHAT_MESSAGES, MAX_CHAT_TOKENS } from "@/lib/limits/default-limits";
import { toPrompt } from "@/lib/words/conversation";
import { NewChat } from "@/lib/words/schema";
import { toChatInput, toChatRequest } from "@/lib/words/to-chat-request";
import { field, tokens } from "./fields";

const resolve = vi.hoisted(() => vi.fn<(userId: string, model?: string) => Promise<object>>());
vi.mock("@/lib/models/resolve", () => ({ resolveModel: resolve }));
vi.mock("@/lib/env", () => ({ env: () => ({ ALLOWED_MODELS: [], REPLICATE_MODEL_VERSION: "me/mine" }) }));

const prompt = field("prompt");
const system = field("system_prompt");
const messages = field("messages", { kind: "json", json: "array" });

const user = { role: "user" as const, content: "Who are you?" };
const earlier = [
  { role: "user" as const, content: "Hello" },
  { role: "assistant" as const, content: "Hi." },
];
const brief = { role: "system" as const, content: "Be brief." };

test("a prompt is given with the inputs of the model", () => {
  const chat = { prompt: "Who are you?", system_prompt: "Be brief.", temperature: 0.5 };
  expect(toChatInput([prompt, system, messages], chat)).toEqual(chat);
  expect(toChatInput([prompt, field("system_instruction")], chat)).toEqual({
    prompt: "Who are you?",
    system_instruction: "Be brief.",
    temperature: 0.5,
  });
});

test("instructions are kept apart from the prompt, also for a model without a system prompt", () => {
  expect(toChatInput([prompt], { prompt: user.content, system_prompt: brief.content })).toEqual({
    prompt: toPrompt([brief, user]),
  });
});

test("a model that takes messages gets them as they are", () => {
  const chat = { messages: [...earlier, user], top_p: 0.9 };
  expect(toChatInput([prompt, system, messages], chat)).toEqual(chat);
  expect(toChatInput([prompt, system, messages], { ...chat, system_prompt: "Be brief." })).toEqual({
    messages: [brief, ...earlier, user],
    top_p: 0.9,
  });
  expect(toChatInput([messages], { prompt: user.content })).toEqual({ messages: [user] });
});

test("any other model gets them as one prompt, and the instructions as its system prompt", () => {
  const chat = { messages: [brief, ...earlier, user] };
  const together = toPrompt([...earlier, user]);
  expect(toChatInput([prompt, system], chat)).toEqual({ prompt: together, system_prompt: "Be brief." });
  expect(toChatInput([prompt, system], { ...chat, system_prompt: "Be kind." })).toEqual({
    prompt: together,
    system_prompt: "Be kind.\n\nBe brief.",
  });
  expect(toChatInput([prompt], chat)).toEqual({ prompt: toPrompt([brief, ...earlier, user]) });
  expect(toChatInput([prompt], { messages: [user] })).toEqual({ prompt: "Who are you?" });
});

test.each([
  [tokens("max_tokens"), {}, MAX_CHAT_TOKENS],
  [tokens("max_tokens", { default: 512 }), {}, 512],
  [tokens("max_tokens", { default: 64_000 }), {}, MAX_CHAT_TOKENS],
  [tokens("max_tokens", { default: -1 }), {}, MAX_CHAT_TOKENS],
  [tokens("max_completion_tokens"), { max_tokens: 7 }, 7],
  [tokens("max_output_tokens", { max: 100 }), { max_tokens: 7000 }, 100],
  [tokens("max_new_tokens"), { max_tokens: 1_000_000 }, MAX_CHAT_TOKENS],
  [tokens("max_completion_tokens"), { max_completion_tokens: 1_000_000 }, MAX_CHAT_TOKENS],
  [tokens("max_tokens", { min: 8000 }), {}, 8000],
  [tokens("max_length"), { max_length: 0 }, MAX_CHAT_TOKENS],
  // These values stay unchanged, because the model's schema refuses them.
  [tokens("max_tokens", { min: 1024 }), { max_tokens: 5 }, 5],
  [tokens("max_length"), { max_length: "5" }, "5"],
])("the length of an answer is limited: %j, asked for %j", (limit, asked, most) => {
  expect(toChatInput([prompt, limit], { prompt: "x", ...asked })).toEqual({ prompt: "x", [limit.name]: most });
});

test("a limit that the model cannot keep is left to its schema, which refuses it", () => {
  expect(toChatInput([prompt], { prompt: "x", max_tokens: 9 })).toEqual({ prompt: "x", max_tokens: 9 });
});

const schema = (inputs: object, output: object) => ({
  components: { schemas: { Input: { type: "object", properties: inputs }, Output: output } },
});
const text = { type: "string" };
const file = { type: "string", format: "uri" };
const texts = { type: "array", items: text };

beforeEach(() => {
  resolve.mockReset().mockResolvedValue({ schema: schema({ prompt: text }, texts) });
});

test("a chat without a model is answered by an allowed language model", async () => {
  const request = { model: "openai/gpt-4o-mini", input: { prompt: "Hello" } };
  expect(await toChatRequest("me", { prompt: "Hello" })).toEqual(request);
  expect(resolve).toHaveBeenCalledExactlyOnceWith("me", request.model);
});

test("a model is named with or without a version", async () => {
  const model = `a/b:${"0".repeat(64)}`;
  expect(await toChatRequest("me", { prompt: "Hello", model })).toEqual({ model, input: { prompt: "Hello" } });
});

test.each([
  ["makes images", schema({ prompt: text }, file)],
  ["takes no prompt", schema({ audio: file }, text)],
  ["takes a file as its prompt", schema({ prompt: file }, text)],
  ["does not describe itself", null],
])("a model that %s is refused in words", async (_, found) => {
  resolve.mockResolvedValue({ schema: found });
  await expect(toChatRequest("me", { prompt: "Hello", model: "a/b:1" })).rejects.toMatchObject({
    code: "invalid_input",
    message: "a/b is not a language model. Choose a model that answers a prompt with text.",
    invalidFields: [{ field: "model", type: "not_a_language_model" }],
  });
});

test.each([
  [{}, "Send either a prompt or messages."],
  [{ prompt: "x", messages: [user] }, "Send either a prompt or messages."],
  [{ prompt: " " }, "A text must not be empty."],
  [{ messages: [{ role: "user", content: "" }] }, "A text must not be empty."],
  [{ messages: [] }, "The last message must be from the user."],
  [{ messages: earlier }, "The last message must be from the user."],
  [{ messages: [{ role: "tool", content: "x" }, user] }, "Invalid option"],
  [{ messages: [{ role: "user", content: ["x"] }] }, "Invalid input: expected string"],
  [{ messages: Array.from({ length: MAX_CHAT_MESSAGES + 1 }, () => user) }, "at most 200 messages"],
  [{ prompt: "x", max_tokens: 0 }, "Too small"],
  [{ prompt: "x", max_tokens: "5" }, "Invalid input"],
  [{ prompt: "x", model: 5 }, "Invalid input"],
])("%j is no chat", (body, message) => {
  expect(NewChat.safeParse(body).error?.issues[0]?.message).toContain(message);
});

test("what chat clients add to messages, and null, do no harm", () => {
  const body = { messages: [{ id: "1", createdAt: "2026", ...user }], prompt: null, max_tokens: null, temperature: 1 };
  expect(NewChat.parse(body)).toEqual({ messages: [user], prompt: null, max_tokens: null, temperature: 1 });
  expect(toChatInput([prompt, tokens("max_tokens")], NewChat.parse(body))).toEqual({
    prompt: "Who are you?",
    max_tokens: MAX_CHAT_TOKENS,
    temperature: 1,
  });
});
