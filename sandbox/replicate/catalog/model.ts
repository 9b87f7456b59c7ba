import { z } from "zod";
import { JsonSchema } from "../http/json-schema.ts";

export const Version = z.object({
  id: z.string(),
  created_at: z.string(),
  cog_version: z.string().nullable(),
  schemas: z.record(z.string(), JsonSchema),
});
export type Version = z.infer<typeof Version>;

/** The code that imitates the model. */
export const Runner = z.enum([
  "sdxl",
  "flux",
  "nano-banana",
  "image",
  "vector",
  "upscale",
  "cut-out",
  "restore",
  "masks",
  "detection",
  "video",
  "audio",
  "music-image",
  "stems",
  "whisper",
  "llama",
  "caption",
  "greeting",
  "embedding",
  "mesh",
  "trellis",
  "archive",
]);
export type Runner = z.infer<typeof Runner>;

/** A model; its id is `owner/name`, its versions are newest first. */
export const Model = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  visibility: z.enum(["public", "private"]),
  is_official: z.boolean(),
  /** True when `POST /models/<id>/predictions` works: for official models and a few others. */
  runs_by_name: z.boolean(),
  github_url: z.string().nullable(),
  paper_url: z.string().nullable(),
  license_url: z.string().nullable(),
  cover_image_url: z.string().nullable(),
  run_count: z.int(),
  created_at: z.string(),
  tags: z.array(z.string()),
  readme: z.string().nullable(),
  runner: Runner.nullable(),
  /** How long a run takes at Replicate. Here it takes a tenth of it. */
  run_seconds: z.number().optional(),
  /** The id of the model that its trainings make versions like. Without it they are like the model itself. */
  trains: z.string().optional(),
  example: z
    .object({
      input: z.record(z.string(), z.unknown()),
      output: z.unknown(),
      metrics: z.record(z.string(), z.number()),
    })
    .nullable(),
  versions: z.array(Version),
});
export type Model = z.infer<typeof Model>;
