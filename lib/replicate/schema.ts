import { z } from "zod";

const Time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is not a time");

/** A prediction as Replicate sends it, in responses, lists and webhooks. Other fields are dropped. */
export const ReplicatePrediction = z.object({
  id: z.string().regex(/^[0-9a-z-]{20,40}$/),
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  model: z.string().optional(),
  version: z.string().nullish(),
  input: z.record(z.string(), z.unknown()).nullish(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: z
    .string()
    .nullish()
    .transform((logs) => logs ?? ""),
  metrics: z.record(z.string(), z.unknown()).nullish(),
  created_at: Time,
  started_at: Time.nullish(),
  completed_at: Time.nullish(),
  webhook: z.string().nullish(),
});
export type ReplicatePrediction = z.infer<typeof ReplicatePrediction>;

/** A page of a list; `next` is an absolute URL. */
export const ReplicatePredictionPage = z.object({
  next: z.string().nullish(),
  results: z.array(z.object({ id: z.string(), created_at: z.string(), version: z.string().nullish() })),
});
export type ReplicatePredictionPage = z.infer<typeof ReplicatePredictionPage>;

/** The OpenAPI document of a version's input and output. */
export const OpenApiSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});
export type OpenApiSchema = z.infer<typeof OpenApiSchema>;

export const ReplicateVersion = z.object({
  id: z.string(),
  created_at: z.string(),
  openapi_schema: OpenApiSchema.nullish(),
});

export const ReplicateVersionPage = z.object({ results: z.array(ReplicateVersion.omit({ openapi_schema: true })) });

/** A model in a list. */
export const ReplicateListing = z.object({
  owner: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  is_official: z.boolean().nullish(),
  run_count: z.number().nullish(),
  cover_image_url: z.string().nullish(),
});
export type ReplicateListing = z.infer<typeof ReplicateListing>;

export const ReplicateModel = ReplicateListing.extend({
  github_url: z.string().nullish(),
  paper_url: z.string().nullish(),
  license_url: z.string().nullish(),
  latest_version: ReplicateVersion.nullish(),
});

/** Anyone can publish a model, so one invalid entry must not invalidate the whole list. */
const Listings = z
  .array(z.unknown())
  .transform((models) => models.flatMap((model) => ReplicateListing.safeParse(model).data ?? []));

export const ReplicateModelPage = z.object({ next: z.string().nullish(), results: Listings });

export const ReplicateCollection = z.object({
  name: z.string(),
  slug: z.string(),
  description: z.string().nullish(),
  models: Listings.optional(),
});

export const ReplicateCollectionPage = z.object({ results: z.array(ReplicateCollection) });
