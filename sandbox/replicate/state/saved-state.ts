import { z } from "zod";
import { Model } from "../catalog/model.ts";
import { Prediction } from "../predictions/prediction.ts";
import { openBlobs, type Blobs } from "./blobs.ts";
import { openJournal, type Collection } from "./journal.ts";

/**
 * An output file. Everyone who has its path can download it. `id` is the secret part of this path, and the key of the bytes in
 * `blobs`.
 */
export const OutputFile = z.object({
  id: z.string(),
  prediction: z.string(),
  index: z.int(),
  path: z.string(),
  type: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** The blocks that make the file larger. They are inserted only when the file is downloaded. */
  padding: z.object({ at: z.int(), times: z.int() }).optional(),
});
export type OutputFile = z.infer<typeof OutputFile>;

export const UploadedFile = z.object({
  id: z.string(),
  name: z.string(),
  content_type: z.string(),
  size: z.int(),
  sha256: z.string(),
  md5: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  expires_at: z.string(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;

/** A deployment. Its id is `owner/name`. */
export const Deployment = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  number: z.int(),
  model: z.string(),
  version: z.string(),
  created_at: z.string(),
  hardware: z.string(),
  min_instances: z.int(),
  max_instances: z.int(),
});
export type Deployment = z.infer<typeof Deployment>;

/** Everything that survives a restart. */
export type State = {
  predictions: Collection<Prediction>;
  outputs: Collection<OutputFile>;
  files: Collection<UploadedFile>;
  models: Collection<Model>;
  deployments: Collection<Deployment>;
  blobs: Blobs;
  close(): void;
};

export function openState(dir: string | null): State {
  const journal = openJournal(dir);
  return {
    predictions: journal.collection("prediction", Prediction),
    outputs: journal.collection("output", OutputFile),
    files: journal.collection("file", UploadedFile),
    models: journal.collection("model", Model),
    deployments: journal.collection("deployment", Deployment),
    blobs: openBlobs(dir),
    close: () => journal.close(),
  };
}
