import { createHash } from "node:crypto";
import { noise } from "./images";
import type { Stack } from "./stack";
import { connectAsService, type User } from "./users";

/** Gives a user `count` saved images. "Print 1" is the newest, "Print 2" is a minute older, and so on. */
export async function fillGallery(stack: { env: Stack["env"] }, { id: user_id }: User, count: number) {
  const service = connectAsService(stack);
  const bytes = await noise(96, 64).png().toBuffer();
  const model = "stability-ai/sdxl";
  const { data: prediction } = await service
    .from("predictions")
    .insert({
      user_id,
      model,
      idempotency_key: "prints",
      request_hash: "prints",
      input: { prompt: "Prints" },
      status: "succeeded",
      next_at: null,
      saved_at: "2026-01-01T00:00:00Z",
    })
    .select()
    .single()
    .throwOnError();
  const prints = Array.from({ length: count }, (_, position) => ({
    user_id,
    prediction_id: prediction.id,
    position,
    prompt: `Print ${position + 1}`,
    model,
    input: { prompt: `Print ${position + 1}` },
    storage_path: `${user_id}/${prediction.id}/${position}.png`,
    content_type: "image/png",
    width: 96,
    height: 64,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    source_url: "https://replicate.delivery/print.png",
    created_at: new Date(Date.UTC(2026, 0, 1) - position * 60_000).toISOString(),
  }));
  const folder = service.storage.from("images");
  for (const { storage_path } of prints) {
    const { error } = await folder.upload(storage_path, bytes, { contentType: "image/png" });
    if (error) throw error;
  }
  await service.from("sdxl_images").insert(prints).throwOnError();
}

/** Records in the database that the user has already generated 200 images today, which is the daily limit. */
export async function useUpQuota(stack: { env: Stack["env"] }, { id: user_id }: User) {
  const day = new Date().toISOString().slice(0, 10);
  await connectAsService(stack).from("usage_daily").insert({ user_id, day, used: 200 }).throwOnError();
}
