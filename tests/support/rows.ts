import type { Stack } from "./stack";
import { connectAsService, type User } from "./users";

/** Inserts a row of the user into each table that users can read through Supabase. Returns the rows by their table's name. */
export async function seedRows(stack: { env: Stack["env"] }, { id: user_id }: User) {
  const service = connectAsService(stack);
  const { data: prediction } = await service
    .from("predictions")
    .insert({
      user_id,
      idempotency_key: "seed",
      request_hash: "seed",
      model: "a/b",
      input: { prompt: "a secret garden" },
      // This time is so late that no sweep changes the row.
      next_at: "2100-01-01T00:00:00Z",
    })
    .select()
    .single()
    .throwOnError();
  const { data: image } = await service
    .from("sdxl_images")
    .insert({
      user_id,
      prediction_id: prediction.id,
      position: 0,
      prompt: "a secret garden",
      model: "a/b",
      input: {},
      storage_path: `${user_id}/${prediction.id}/0.png`,
      content_type: "image/png",
      width: 1,
      height: 1,
      bytes: 70,
      sha256: "0".repeat(64),
      source_url: "https://replicate.delivery/secret.png",
    })
    .select()
    .single()
    .throwOnError();
  const { data: usage } = await service
    .from("usage_daily")
    .insert({ user_id, day: "2026-01-01", used: 1 })
    .select()
    .single()
    .throwOnError();
  const { data: upload } = await service
    .from("uploads")
    .insert({
      user_id,
      storage_path: `${user_id}/uploads/0.png`,
      name: "a secret photo.png",
      content_type: "image/png",
      width: 1,
      height: 1,
      bytes: 70,
      sha256: "0".repeat(64),
      stored_at: new Date().toISOString(),
    })
    .select()
    .single()
    .throwOnError();
  const { data: exported } = await service
    .from("exports")
    .insert({ user_id, parts: [{ created_at: null, id: null, files: 0, bytes: 0 }] })
    .select()
    .single()
    .throwOnError();
  const { data: deletion } = await service
    .from("account_deletions")
    .insert({ user_id, due_at: "2100-01-01T00:00:00Z" })
    .select()
    .single()
    .throwOnError();
  const { data: key } = await service
    .from("api_keys")
    .insert({ user_id, name: "a secret script", start: "dr_AbC1", hash: crypto.randomUUID(), scopes: ["read"] })
    .select()
    .single()
    .throwOnError();
  return {
    account_deletions: deletion,
    api_keys: key,
    exports: exported,
    predictions: prediction,
    sdxl_images: image,
    uploads: upload,
    usage_daily: usage,
  };
}

export const NO_LIMITS = {
  in_flight: null,
  per_minute: null,
  daily_per_user: null,
  daily_per_new_user: null,
  daily_total: null,
  daily_usd_per_user: null,
  daily_usd_total: null,
  storage_per_user: null,
  storage_total: null,
};

/** Inserts a prediction with a lease of ten minutes, so that the app does not send the prediction. Returns its id. */
export async function startRow(stack: { env: Stack["env"] }, user: User, image_count = 1): Promise<string> {
  const id = crypto.randomUUID();
  await startOutcome(stack, user, { id, image_count });
  return id;
}

/** Inserts a prediction as `startRow` does, but with these columns and limits. Returns the outcome of `start_prediction`. */
export async function startOutcome(
  stack: { env: Stack["env"] },
  { id: user_id }: Pick<User, "id">,
  columns: object = {},
  limits: Partial<Record<keyof typeof NO_LIMITS, number | null>> = {},
): Promise<string> {
  const id = crypto.randomUUID();
  const request = { id, user_id, idempotency_key: id, request_hash: "h", model: "a/b", input: {} };
  const p_request = { ...request, image_count: 1, max_usd: 0, price: null, ...columns, lease_seconds: 600 };
  const p_limits = { ...NO_LIMITS, ...limits };
  const { data } = await connectAsService(stack).rpc("start_prediction", { p_request, p_limits }).throwOnError();
  return (data as { outcome: string }).outcome;
}
