import { z } from "zod";
import { JsonSchema } from "../http/json-schema.ts";

export const Version = z.object({
  id: z.string(),
  created_at: z.string(),
  cog_version: z.string(),
  schemas: z.record(z.string(), JsonSchema),
});
export type Version = z.infer<typeof Version>;

/** The names of the runners. A runner is the code that imitates a kind of model: see predictions/plan-run.ts. */
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

/** A model. Its id is `owner/name`. Its versions are sorted, newest first. */
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
  /** How many seconds a run takes at Replicate. In the sandbox, a run takes about a tenth of this time. */
  run_seconds: z.number().optional(),
  /**
   * The id of another model. A training of this model makes a version that works like that other model. For example, `trains` of
   * replicate/fast-flux-trainer is ostris/flux-dev-lora-trainer. If `trains` is missing, the version works like this model.
   */
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
