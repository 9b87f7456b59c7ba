import "server-only";
import { AppError } from "@/lib/errors";
import { MAX_CHAT_TOKENS } from "@/lib/limits/default-limits";
import { type Field, getFields } from "@/lib/models/inputs/fields";
import { whatItMakes } from "@/lib/models/inputs/takes-and-makes";
import { modelNameOf } from "@/lib/models/ref";
import { resolveModel } from "@/lib/models/resolve";
import type { NewPrediction } from "@/lib/predictions/input/new-prediction";
import { requireModel } from "./choose-model";
import { toPrompt } from "./conversation";
import { takesMessages } from "./question";
import type { NewChat } from "./schema";
import { acceptedTokens, LIMIT, SYSTEM } from "./to-input";

type Input = Record<string, unknown>;

/**
 * Returns the request for a prediction that answers a chat. For the same chat, it always returns the same request. Throws
 * `invalid_input` if the model is not a language model. Also throws the errors of `requireModel` and `resolveModel`.
 */
export async function toChatRequest(userId: string, chat: NewChat): Promise<NewPrediction> {
  const model = chat.model ?? requireModel("chat");
  const { schema } = await resolveModel(userId, model);
  const fields = schema ? getFields(schema) : [];
  const takesText = fields.some(({ name, kind }) => name === "prompt" && (kind === "longtext" || kind === "text"));
  if (whatItMakes(schema) !== "text" || !(takesText || takesMessages(fields))) throw notLanguage(model);
  return { model, input: toChatInput(fields, chat) };
}

/**
 * Returns the input of a language model with these `fields`. If the model takes messages, the conversation goes into `messages`.
 * But if the chat has a `prompt` instead of messages, and the model has a field `prompt`, the prompt goes into this field. If the
 * model takes no messages, the conversation becomes one prompt. In both of these cases, system messages go into the system prompt
 * of the model. If the model has no field for a system prompt, they stay in the prompt.
 */
export function toChatInput(
  fields: Field[],
  { model: _model, prompt, messages, system_prompt: system, max_tokens: mostTokens, ...settings }: NewChat,
): Input {
  const conversation = [
    ...(system ? [{ role: "system" as const, content: system }] : []),
    ...(messages ?? [{ role: "user" as const, content: prompt ?? "" }]),
  ];
  const input = { ...settings, ...limitTokens(fields, settings, mostTokens ?? undefined) };
  const hasPrompt = fields.some(({ name }) => name === "prompt");
  if (takesMessages(fields) && (messages || !hasPrompt)) return { ...input, messages: conversation };

  const field = fields.find(({ name }) => SYSTEM.includes(name));
  const apart = field ? conversation.filter(({ role }) => role === "system") : [];
  return {
    ...input,
    ...(field && apart.length > 0 && { [field.name]: apart.map(({ content }) => content).join("\n\n") }),
    prompt: toPrompt(conversation.filter((message) => !apart.includes(message))),
  };
}

/**
 * Returns the values of the fields that limit the number of tokens in an answer. Some models have several such fields. The first
 * of them gets a value, and also each other one that the request contains. The value is the number in the request, or else the
 * model's default, but at most `MAX_CHAT_TOKENS`. If the lowest number that the model accepts is higher, the value is that lowest
 * number.
 */
function limitTokens(fields: Field[], settings: Input, asked: number | undefined): Input {
  const limits = fields.filter(({ name }) => LIMIT.includes(name));
  const [first] = limits;
  // If the model has no input for a limit, a limit in the request becomes `max_tokens`. The check of the input then refuses it.
  if (!first) return asked === undefined ? {} : { max_tokens: asked };
  const given = limits.flatMap((field) => {
    const tokens = settings[field.name];
    return typeof tokens === "number" ? [[field.name, lower(field, tokens)] as const] : [];
  });
  const own = { [first.name]: lower(first, asked ?? Number(first.default)) };
  return { ...((settings[first.name] ?? null) === null && own), ...Object.fromEntries(given) };
}

/**
 * Returns `tokens`, or the highest allowed number if `tokens` is higher. Zero or less may mean that there is no limit, so it also
 * becomes the highest allowed number.
 */
function lower(field: Field, tokens: number): number {
  const most = acceptedTokens(field, MAX_CHAT_TOKENS);
  return tokens > 0 ? Math.min(tokens, most) : most;
}

function notLanguage(model: string): AppError {
  const description = `${modelNameOf(model)} is not a language model. Choose a model that answers a prompt with text.`;
  return new AppError("invalid_input", description, {
    invalidFields: [{ field: "model", description, type: "not_a_language_model" }],
  });
}
