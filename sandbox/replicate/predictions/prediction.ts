import { z } from "zod";

export const WebhookEvent = z.enum(["start", "output", "logs", "completed"]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/**
 * A saved prediction or training. The fields above the empty line are those of Replicate. The fields below it are the sandbox's
 * own.
 */
export const Prediction = z.object({
  id: z.string(),
  model: z.string(),
  /** The version in responses: 64 hex digits, or `hidden`, as for an official model that is run by its name. */
  version: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: z.unknown(),
  logs: z.string(),
  error: z.string().nullable(),
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  data_removed: z.boolean(),
  created_at: z.string(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  deadline: z.string().optional(),
  deployment: z.string().optional(),
  metrics: z.record(z.string(), z.number()).optional(),
  webhook: z.string().optional(),
  webhook_events_filter: z.array(WebhookEvent).optional(),

  kind: z.enum(["prediction", "training"]),
  /** The id of the version that runs. It is set even if `version` is `hidden`. */
  runs: z.string(),
  destination: z.string().optional(),
  /** How long the prediction waits for a worker: ms of sandbox time from its creation. */
  boot: z.number(),
  /**
   * The seed from the input, or a random seed. It is saved, so that a run draws the same image and writes the same log if it
   * starts again after a restart.
   */
  seed: z.int(),
  stream: z.string(),
  /** The ids of the output files. */
  files: z.array(z.string()),
  /**
   * The `completed` webhook: the id of its message, the number of attempts to deliver it, and whether no more attempts follow
   * (`settled`).
   */
  last_webhook: z.object({ id: z.string(), attempts: z.int(), settled: z.boolean() }).optional(),
});
export type Prediction = z.infer<typeof Prediction>;

export function isTerminal(prediction: Prediction): boolean {
  return prediction.status !== "starting" && prediction.status !== "processing";
}

/** Adds the origin to each path in an output. Outputs are saved without the origin, because the port may change at a restart. */
export function withOrigin(value: unknown, origin: string): unknown {
  if (typeof value === "string") return value.startsWith("/delivery/") ? origin + value : value;
  if (Array.isArray(value)) return value.map((item) => withOrigin(item, origin));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOrigin(item, origin)]));
  }
  return value;
}

/** Returns a prediction as it appears in responses and webhooks. */
export function serializePrediction(prediction: Prediction, origin: string) {
  const { started_at, completed_at, deadline, deployment, metrics, webhook, webhook_events_filter } = prediction;
  const self = `${origin}/v1/${prediction.kind}s/${prediction.id}`;
  return {
    id: prediction.id,
    model: prediction.model,
    version: prediction.version,
    input: prediction.input,
    logs: prediction.logs,
    output: withOrigin(prediction.output, origin),
    data_removed: prediction.data_removed,
    error: prediction.error,
    source: "api",
    status: prediction.status,
    created_at: prediction.created_at,
    // A field whose value is not known yet is undefined. So it is missing in the JSON.
    started_at,
    completed_at,
    deadline,
    deployment,
    metrics,
    webhook,
    webhook_events_filter,
    urls: {
      cancel: `${self}/cancel`,
      get: self,
      ...(prediction.kind === "prediction" && { stream: `${origin}${prediction.stream}` }),
      web: `https://replicate.com/p/${prediction.id}`,
    },
  };
}
