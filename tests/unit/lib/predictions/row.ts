import type { Media, MediaRow } from "@/lib/media/schema";
import type { PredictionRow } from "@/lib/predictions/rows";

/** A prediction as the database has it just after it was inserted, with `changes`. */
export function predictionRow(changes: Partial<PredictionRow> = {}): PredictionRow {
  return {
    id: "0195f2a8-0000-7000-8000-000000000001",
    user_id: "0195f2a8-0000-7000-8000-000000000002",
    replicate_id: null,
    request_hash: "secret hash",
    unreadable_responses: 0,
    model: "stability-ai/sdxl",
    version: "7".repeat(64),
    tool: null,
    parent_image_id: null,
    input: { prompt: "a fox" },
    image_count: 1,
    counted_images: 1,
    status: "starting",
    provisional: false,
    error: null,
    error_code: null,
    logs: "",
    progress: null,
    output: null,
    metrics: null,
    output_expires_at: null,
    saved_at: null,
    save_error: null,
    save_all: false,
    deleted_images: {},
    sent_at: null,
    cancel_requested_at: null,
    lease_token: null,
    lease_until: null,
    attempts: 0,
    next_at: "2026-11-21T14:32:10.000Z",
    revision: 1,
    created_at: "2026-11-21T14:32:07.500Z",
    started_at: null,
    completed_at: null,
    ...changes,
  };
}

/** A saved image of it. */
export function imageRow(changes: Partial<MediaRow> = {}): MediaRow {
  return {
    id: "0195f2a8-0000-7000-8000-00000000000a",
    user_id: "0195f2a8-0000-7000-8000-000000000002",
    prediction_id: "0195f2a8-0000-7000-8000-000000000001",
    position: 0,
    prompt: "a fox",
    model: "stability-ai/sdxl",
    input: { prompt: "a fox" },
    seed: 7,
    storage_path: "secret/path.png",
    thumb_path: null,
    content_type: "image/png",
    width: 64,
    height: 64,
    bytes: 100,
    sha256: "secret digest",
    source_url: "https://replicate.delivery/secret/out-0.png",
    parent_image_id: null,
    favorite: false,
    share_token: null,
    placeholder: null,
    subject: null,
    tool: null,
    created_at: "2026-11-21T14:32:09.500Z",
    ...changes,
  };
}

/** A saved file as the API shows it. */
export const IMAGE: Media = {
  id: "0195f2a8-0000-7000-8000-000000000001",
  position: 0,
  url: "/api/media/1",
  thumb_url: null,
  content_type: "image/png",
  width: 8,
  height: 8,
  bytes: 100,
  seed: null,
  placeholder: null,
  subject: null,
  favorite: false,
  share_token: null,
};
