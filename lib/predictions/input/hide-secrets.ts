import "server-only";
import { isSecretName, REDACTED, redactedNames } from "@/lib/models/inputs/secrets";
import { processState } from "@/lib/process-globals";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";

type Input = Record<string, unknown>;

/**
 * A secret with fewer characters than this is not removed from logs and errors, because it may also be a part of ordinary words.
 */
const SHORTEST = 4;

/** Keeps the secrets of a new prediction in memory for 40 minutes, so that `withoutSecrets` can remove them while it runs. */
export function rememberSecrets(predictionId: string, secrets: Input): void {
  const texts = textsIn(secrets);
  if (texts.length > 0) processState.secrets.set(predictionId, texts);
}

/**
 * Returns Replicate's prediction with `REDACTED` in place of its secrets, because some models write secrets to logs or errors.
 * The server that sent the secrets has them in memory. Any other server can find them only if Replicate's response repeats the
 * input. `id` is the id of our row, and `names` are the names of the secret inputs.
 */
export function withoutSecrets(remote: ReplicatePrediction, id: string, names: string[] = []): ReplicatePrediction {
  const repeated = Object.entries(remote.input ?? {}).filter(([name]) => names.includes(name) || isSecretName(name));
  const secrets = [...(processState.secrets.get(id) ?? []), ...textsIn(Object.fromEntries(repeated))];
  if (secrets.length === 0) return remote;
  const { logs, error, output, metrics } = remote;
  return {
    ...remote,
    logs: logs && hideInText(logs, secrets),
    error: hideInJson(error, secrets),
    output: hideInJson(output, secrets),
    metrics: metrics && hideInObject(metrics, secrets),
  };
}

/** Like `withoutSecrets`, but takes the id and the names of the secrets from the prediction's row. */
export function withoutSecretsOf(row: { id: string; input: Input }, remote: ReplicatePrediction): ReplicatePrediction {
  return withoutSecrets(remote, row.id, redactedNames(row.input));
}

/** Returns the rejection with `REDACTED` in place of the secrets of the request, because Replicate's message may repeat them. */
export function rejectionWithoutSecrets(rejection: ReplicateError, secrets: Input): ReplicateError {
  const texts = textsIn(secrets);
  if (texts.length === 0) return rejection;
  const { kind, message, retryAfter, invalidFields } = rejection;
  // The error's `cause` is not copied: the log contains the causes of errors, and this one may contain a secret.
  return new ReplicateError(kind, hideInText(message, texts), {
    retryAfter,
    invalidFields: invalidFields.map((field) => ({ ...field, description: hideInText(field.description, texts) })),
  });
}

function hideInText(text: string, secrets: string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
}

function hideInJson(value: unknown, secrets: string[]): unknown {
  if (typeof value === "string") return hideInText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => hideInJson(item, secrets));
  return typeof value === "object" && value !== null ? hideInObject({ ...value }, secrets) : value;
}

function hideInObject(object: Input, secrets: string[]): Input {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, hideInJson(item, secrets)]));
}

/** Returns the secret texts, the longest first. If one secret contains another, the longer one must be replaced as a whole. */
function textsIn(secrets: Input): string[] {
  const values = Object.values(secrets).flat();
  const texts = values.flatMap((value) => (typeof value === "string" ? [value.trim()] : []));
  const known = texts.filter((text) => text.length >= SHORTEST && text !== REDACTED);
  return [...new Set(known)].sort((a, b) => b.length - a.length);
}
