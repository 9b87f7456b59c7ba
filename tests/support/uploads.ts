import sharp from "sharp";
import type { createApi } from "./api";
import { sql } from "./sql";
import type { Stack } from "./stack";
import { connectAsService, type User } from "./users";

type Api = ReturnType<typeof createApi>;

/** An upload, as the API returns it. */
export type Upload = { id: string; url: string; thumb_url: string; width: number; height: number; bytes: number };

/** Returns a small PNG. Different values of `red` give different bytes. */
export async function createPng(red: number, side = 64) {
  const background = { r: red, g: 90, b: 40 };
  const image = sharp({ create: { width: side, height: side, channels: 3, background } });
  return new Uint8Array(await image.png().toBuffer());
}

/** Sends a file as an upload and returns the response, whatever its status. */
export function sendUpload(api: Pick<Api, "ask">, body: BodyInit, headers: Record<string, string> = {}) {
  return api.ask("/api/uploads?name=fox.png", {
    method: "POST",
    body,
    headers: { "content-type": "image/png", ...headers },
  });
}

/** Uploads the PNG that `createPng` returns for this `red`. */
export async function uploadPng(api: Api, red: number): Promise<Upload> {
  const response = await sendUpload(api, await createPng(red));
  if (response.status !== 201) throw new Error(`POST: ${response.status} ${await response.text()}`);
  return (await response.json()) as Upload;
}

/** Returns the names of the user's uploaded files in storage. */
export async function listUploadFiles(stack: { env: Stack["env"] }, { id }: User) {
  const { data } = await connectAsService(stack).storage.from("images").list(`${id}/uploads`);
  return (data ?? []).map(({ name }) => name);
}

/** Inserts the rows of `count` uploads. The n-th was last used n × `minutes` minutes ago. */
export function insertUploads(stack: { env: Stack["env"] }, { id }: User, count: number, minutes = 0) {
  return sql(
    stack,
    `insert into uploads (user_id, storage_path, content_type, width, height, bytes, sha256, stored_at, used_at)
     select '${id}', '${id}/uploads/' || n || '.png', 'image/png', 1, 1, 1, lpad(n::text, 64, '0'), now(),
            now() - n * interval '${minutes} minutes' from generate_series(1, ${count}) n`,
  );
}

/** Starts an upload whose bytes the client sends directly to storage, and returns the response. */
export function startSignedUpload({ ask }: Pick<Api, "ask">, bytes: number, name = "clip.mp4") {
  const headers = { "content-type": "application/json" };
  return ask("/api/uploads/signed", { method: "POST", headers, body: JSON.stringify({ name, bytes }) });
}
