import { randomUUID } from "node:crypto";
import { noise } from "../../support/images";
import { connectAsService, type User } from "../../support/users";
import { sendRequest, parseBody, stack } from "./send-request";

/** A person's prediction that runs at Replicate and that nobody looks at, so that it stays as it is. */
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

/** The prompts of a person's kept images, newest first, become these. */
export async function setPrompts({ id }: User, prompts: string[]): Promise<void> {
  const service = connectAsService(stack);
  for (const [position, prompt] of prompts.entries()) {
    const of = service.from("sdxl_images").update({ prompt, input: { prompt } });
    await of.eq("user_id", id).eq("position", position).throwOnError();
  }
}

/** The id of a person's newest kept image. */
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

/** The id of an image that this person has brought along. */
export async function seedUpload(user: User): Promise<string> {
  const body = new Uint8Array(await noise(8, 8).png().toBuffer());
  return String(parseBody(await sendRequest({ path: "/api/uploads", method: "POST", as: user, body })).id);
}
