import type { OpenApiSchema } from "@/lib/replicate/schema";
import { descriptionOf, fileKind, getProperties, type Property, toSchema } from "./schema-properties";

type Input = Record<string, unknown>;

/**
 * This text is saved and shown in place of a secret. A secret is sent to Replicate once, and is never saved. So a prediction with
 * a secret cannot be queued and sent later.
 */
export const REDACTED = "[REDACTED]";

/** Matches the names of keys, tokens and passwords, such as `hf_token` and `openai_api_key`. */
const SECRET_NAME =
  /(^|_)(api_?key|api_?token|auth_?(token|key)|access_?(token|key)|private_?key|secret(_?key)?|password|passwd|credentials?|[a-z\d]+_token)$/i;
/** Matches the names of keys for a service. Other names that end in `key`, such as `music_key`, are no secrets. */
const SERVICE_KEY =
  /(^|_)(hf|hugging_?face|replicate|civitai|wandb|openai|anthropic|claude|gemini|google|groq|mistral|deepseek|stability|eleven_?labs|aws|azure|github)_?key$/i;
/** Matches the names of tokens that are words for the model, such as the trigger word of a LoRA. They are no secrets. */
const WORD_TOKEN =
  /(^|_)(start|stop|end|eos|bos|pad|mask|unk|sep|trigger|unique|special|placeholder|initializer|instance|class|concept|subject|object|style|rare|learned|next|last|first|custom)_token$/i;
/** An input `token` or `…_token` is a secret if its description matches this, even if its name is not clear. */
const TOKEN_IN_WORDS = /\b(access|api|auth|hugging ?face|github|replicate|civitai)\b.*\btoken\b/i;

/**
 * Whether an input is a secret, because its schema says so, or because its name or description leaves no doubt. Any other text is
 * saved, even if a user enters a secret there.
 */
export function isSecret(property: Property): boolean {
  const { schema } = property;
  if (fileKind(property) !== null) return false;
  if (isMarked(schema) || isMarked(toSchema(schema["items"]))) return true;
  // These are no secrets: a number, such as the number of tokens; a choice; and a text with a default.
  if (schema["type"] !== "string" || schema["enum"] !== undefined || schema["default"]) return false;
  if (/(^|_)token$/i.test(property.name) && TOKEN_IN_WORDS.test(descriptionOf(schema))) return true;
  return isSecretName(property.name);
}

/** Whether the name of an input is enough to know that the input is a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
  return SERVICE_KEY.test(words) || (SECRET_NAME.test(words) && !WORD_TOKEN.test(words));
}

function isMarked(schema: Record<string, unknown>): boolean {
  return schema["format"] === "password" || schema["x-cog-secret"] === true || schema["writeOnly"] === true;
}

/**
 * Returns the names of the secret inputs of a version. If the version does not describe its inputs, returns the names in `input`
 * that sound like secrets (see `isSecretName`).
 */
export function secretNames(document: OpenApiSchema | null, input: Input): string[] {
  const properties = document && getProperties(document);
  return properties ? properties.filter(isSecret).map(({ name }) => name) : Object.keys(input).filter(isSecretName);
}

/**
 * Separates the input of a prediction from its secrets. `redacted` is the input with `REDACTED` in place of each secret. `names`
 * are the names of the secret fields. An empty text is no secret.
 */
export function separateSecrets(input: Input, names: string[]): { redacted: Input; secrets: Input } {
  const isGiven = (value: unknown) => typeof value !== "string" || value.trim() !== "";
  const given = Object.entries(input).filter(([name, value]) => names.includes(name) && isGiven(value));
  const secrets = Object.fromEntries(given);
  const marks = Object.keys(secrets).map((name) => [name, REDACTED] as const);
  return { redacted: { ...input, ...Object.fromEntries(marks) }, secrets };
}

/** Returns the names of the secrets that a saved input had: their values are now `REDACTED`. */
export function redactedNames(input: Input): string[] {
  return Object.keys(input).filter((name) => input[name] === REDACTED);
}
