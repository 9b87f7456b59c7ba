import { z } from "zod";
import { limitJson } from "./limit-json";

/** A field that may be missing. An invalid value becomes null. */
const optional = <Field extends z.ZodType>(field: Field) => field.nullish().catch(null);
/** A list without its invalid items, because one invalid item must not make the whole list invalid. */
const validItems = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((items) => items.flatMap((value) => item.safeParse(value).data ?? []));

const Id = z.string().regex(/^[0-9a-z-]{20,40}$/);
const Json = z.unknown().transform((value) => limitJson(value).json);
const JsonObject = Json.pipe(z.record(z.string(), z.unknown()));
/** A time from 1970 to 2999, converted to UTC. Postgres can store every time in this range. */
const Time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((time) => time.getTime() > 0 && time.getUTCFullYear() < 3000)
  .transform((time) => time.toISOString());

/**
 * A prediction as Replicate sends it, in responses and webhooks. Only its id and its status must be valid. Its JSON values are
 * limited by `limitJson`. If `limitJson` has removed a part of the output, `output_cut` is true. Fields that are not listed
 * here are dropped.
 */
export const ReplicatePrediction = z
  .object({
    id: Id,
    /** Any text is accepted, because Replicate may add statuses. */
    status: z.string().max(100),
    model: optional(z.string()),
    version: optional(z.string()),
    input: optional(JsonObject),
    output: z.unknown().optional(),
    error: z.unknown().optional(),
    logs: optional(z.string()),
    metrics: optional(JsonObject),
    created_at: optional(Time),
    started_at: optional(Time),
    completed_at: optional(Time),
    webhook: optional(z.string()),
    /** `stream` is the URL of a stream with the output, as server-sent events. Anyone who has this URL can read the stream. */
    urls: optional(z.object({ stream: optional(z.string()) })),
  })
  .transform(({ output, ...rest }) => {
    const { json, isCut } = limitJson(output);
    return { ...rest, output: json, output_cut: isCut };
  });
export type ReplicatePrediction = z.infer<typeof ReplicatePrediction>;

/**
 * A prediction to start. `version` is null for an official model. `webhook` is the URL to which Replicate sends webhooks. After
 * `cancelAfter` seconds (5 to 1800), Replicate must cancel the prediction.
 */
export type NewPrediction = {
  model: string;
  version: string | null;
  input: Record<string, unknown>;
  webhook: string | null;
  cancelAfter?: number;
};

/** A page of Replicate's list of predictions. `next` is the absolute URL of the next page. */
export const ReplicatePredictionPage = z.object({
  next: optional(z.string()),
  results: validItems(z.object({ id: Id, created_at: Time, version: optional(z.string()) })),
});
export type ReplicatePredictionPage = z.infer<typeof ReplicatePredictionPage>;

/** The OpenAPI document that describes the input and output of a version. */
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

/** A model in one of Replicate's lists. */
export const ReplicateListing = z.object({
  owner: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  is_official: z.boolean().nullish(),
  run_count: z.number().nullish(),
  cover_image_url: z.string().nullish(),
  latest_version: optional(ReplicateVersion),
});
export type ReplicateListing = z.infer<typeof ReplicateListing>;

export const ReplicateModel = ReplicateListing.extend({
  /** `public` or `private`. Replicate sends private models only to the account that owns them. */
  visibility: optional(z.string()),
  github_url: z.string().nullish(),
  paper_url: z.string().nullish(),
  license_url: z.string().nullish(),
  latest_version: ReplicateVersion.nullish(),
  /** An example: a prediction that the author of the model has chosen. */
  default_example: optional(z.object({ input: JsonObject, output: Json.optional() })),
});
export type ReplicateModel = z.infer<typeof ReplicateModel>;

const Listings = validItems(ReplicateListing);

export const ReplicateModelPage = z.object({ next: z.string().nullish(), results: Listings });

export const ReplicateCollection = z.object({
  name: z.string(),
  slug: z.string(),
  description: z.string().nullish(),
  models: Listings.optional(),
});

export const ReplicateCollectionPage = z.object({ results: z.array(ReplicateCollection) });

/** A file that was sent to Replicate. */
export const ReplicateFile = z.object({ urls: z.object({ get: z.url() }) });
