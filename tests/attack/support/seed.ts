import { randomUUID } from "node:crypto";
import { noise } from "../../support/images";
import { connectAsService, type User } from "../../support/users";
import { sendRequest, parseBody, stack } from "./send-request";

/** Inserts a running prediction that is never due, so that no sweep changes it. */
export async function seedRunning({ id: user_id }: User, replicate_id: string): Promise<{ id: string }> {
  const key = randomUUID();
  const { data } = await connectAsService(stack)
    .from("predictions")
    .insert({
      user_id,
      replicate_id,
      idempotency_key: key,
      request_hash: key,
      model: "a/b",
      input: { prompt: "a secret garden" },
      status: "processing",
      sent_at: new Date().toISOString(),
      next_at: "2100-01-01T00:00:00Z",
    })
    .select("id")
    .single()
    .throwOnError();
  return data;
}

/** Sets the prompts of the user's saved images, newest first. */
export async function setPrompts({ id }: User, prompts: string[]): Promise<void> {
  const service = connectAsService(stack);
  for (const [position, prompt] of prompts.entries()) {
    const of = service.from("sdxl_images").update({ prompt, input: { prompt } });
    await of.eq("user_id", id).eq("position", position).throwOnError();
  }
}

/** Returns the id of the user's newest saved image. */
export async function findNewestImage({ id }: User): Promise<string> {
  const { data } = await connectAsService(stack)
    .from("sdxl_images")
    .select("id")
    .eq("user_id", id)
    .order("created_at", { ascending: false })
    .limit(1)
    .single()
    .throwOnError();
  return data.id as string;
}

/** Uploads an image for the user and returns its id. */
export async function seedUpload(user: User): Promise<string> {
  const body = new Uint8Array(await noise(8, 8).png().toBuffer());
  return String(parseBody(await sendRequest({ path: "/api/uploads", method: "POST", as: user, body })).id);
}
