import { expect, test } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { REDACTED, redactedNames, secretNames, separateSecrets } from "@/lib/models/inputs/secrets";
import { documentWith } from "./documents";

const isSecret = (name: string, more: object = {}) =>
  secretNames(documentWith({ [name]: { type: "string", ...more } }), {}).length === 1;

test.each<[string, object]>([
  ["key", { format: "password" }],
  ["key", { "x-cog-secret": true }],
  ["key", { writeOnly: true }],
  ["key", { anyOf: [{ type: "string", format: "password" }, { type: "null" }], type: undefined }],
  ["keys", { type: "array", items: { type: "string", format: "password" } }],
])("the schema of %s says that it is a secret: %j", (name, more) => {
  expect(isSecret(name, more)).toBe(true);
  expect(getFields(documentWith({ [name]: { type: "string", ...more } }))).toMatchObject([{ kind: "secret" }]);
});

test("a list of secrets is a field for several", () => {
  const keys = { type: "array", items: { type: "string", format: "password" } };
  const description = "Separate the values with spaces. Secrets are sent to the model and not saved.";
  expect(getFields(documentWith({ keys }))).toMatchObject([{ kind: "secret", isList: true, description }]);
});

test.each([
  "hf_token",
  "huggingface_token",
  "replicate_api_token",
  "api_key",
  "openai_api_key",
  "openaiApiKey",
  "apikey",
  "civitai_api_token",
  "access_token",
  "aws_secret_access_key",
  "password",
  "client_secret",
  "wandb_key",
  "civitai_key",
  "hf_key",
  "huggingFaceKey",
  "gemini_key",
  "private_key",
  "credentials",
  "aws_credentials",
])("%s is a secret by its name", (name) => {
  expect(isSecret(name)).toBe(true);
});

test.each<[string, object]>([
  ["max_tokens", { type: "integer" }],
  ["max_tokens", {}],
  ["suppress_tokens", {}],
  ["trigger_token", {}],
  ["stop_token", {}],
  ["token", {}],
  ["unique_token", { default: "TOK" }],
  ["hf_token", { default: "none" }],
  ["api_key", { type: "boolean" }],
  ["api_token", { enum: ["a", "b"] }],
  ["keyword", {}],
  ["music_key", {}],
  ["chroma_key", {}],
  ["key", {}],
  ["secret_santa", {}],
  ["user_id", {}],
  ["file", { format: "uri", writeOnly: true }],
])("%s is no secret: %j", (name, more) => {
  expect(isSecret(name, more)).toBe(false);
});

test("a token is a secret if its description says for what it is", () => {
  expect(isSecret("token", { description: "Hugging Face access token" })).toBe(true);
  expect(isSecret("token", { description: "The word that stands for the style" })).toBe(false);
});

test("of a model that does not describe its inputs, their names decide", () => {
  expect(secretNames(null, { prompt: "a fox", hf_token: "x", max_tokens: 7 })).toEqual(["hf_token"]);
});

test("secrets are taken out of an input, and marks stay", () => {
  const { redacted, secrets } = separateSecrets({ prompt: "a fox", a: "x", b: "" }, ["a", "b", "c"]);
  expect(secrets).toEqual({ a: "x" });
  expect(redacted).toEqual({ prompt: "a fox", a: REDACTED, b: "" });
  expect(redactedNames(redacted)).toEqual(["a"]);
});
