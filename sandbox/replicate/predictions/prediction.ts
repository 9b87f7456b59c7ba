import { z } from "zod";

export const WebhookEvent = z.enum(["start", "output", "logs", "completed"]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** A prediction or a training as it is kept. Replicate's fields, then what only the sandbox knows. */
export const Prediction = z.object({
  id: z.string(),
  model: z.string(),
  /** As shown: 64 hex digits, or `hidden` when an official model was run by its name. */
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
  /** The version that runs. */
  runs: z.string(),
  destination: z.string().optional(),
  /** Milliseconds from creation until a worker is up. */
  boot: z.number(),
  /** Used when the input names none; kept, so that a restart draws the same image and writes the same log. */
  seed: z.int(),
  stream: z.string(),
  /** The ids of its output files. */
  files: z.array(z.string()),
  /** The terminal webhook: its message id, the attempts made, and whether it needs no further one. */
  last_webhook: z.object({ id: z.string(), attempts: z.int(), settled: z.boolean() }).optional(),
});
export type Prediction = z.infer<typeof Prediction>;

export function isTerminal(prediction: Prediction): boolean {
  return prediction.status !== "starting" && prediction.status !== "processing";
}

/** Kept outputs name their files by path, so they stay right when the sandbox comes back on another port. */
export function withOrigin(value: unknown, origin: string): unknown {
  if (typeof value === "string") return value.startsWith("/delivery/") ? origin + value : value;
  if (Array.isArray(value)) return value.map((item) => withOrigin(item, origin));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOrigin(item, origin)]));
  }
  return value;
}

/** The object a client sees: the same in answers and in webhooks. */
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
    // undefined leaves the key out: these are absent until they are known.
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
