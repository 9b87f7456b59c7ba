import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const readLineage = async (id: string | undefined) => (await api.ask(`/api/media/${id}/lineage`)).json();

async function makeImage(input: Record<string, unknown>, more = {}) {
  const [image] = (await api.saved((await api.create(input, more)).id)).images;
  if (!image) throw new Error("No image was saved.");
  return image;
}

test("a derived image knows its parents and its subject through several steps", async () => {
  const fox = await makeImage({ prompt: "a red fox", width: 256, height: 256, num_inference_steps: 5 });
  const large = await makeImage({ image: fox.id, scale: 2 }, { model: "nightmareai/real-esrgan" });
  const cut = await makeImage({ image: large.url }, { model: "cjwbw/rembg" });

  expect(fox.subject).toBeNull();
  expect(cut.subject).toBe("a red fox");
  expect(await readLineage(cut.id)).toMatchObject({
    parents: [
      { id: large.id, prompt: "", subject: "a red fox", tool: "upscale", parent_image_id: fox.id },
      { id: fox.id, prompt: "a red fox", tool: null, parent_image_id: null },
    ],
    children: [],
  });
  expect(await readLineage(fox.id)).toMatchObject({ parents: [], children: [{ id: large.id }] });

  // A deleted image is not part of any lineage.
  await api.ask(`/api/media/${large.id}?undo=60`, { method: "DELETE" });
  expect(await readLineage(cut.id)).toEqual({ parents: [], children: [] });
  expect(await readLineage(fox.id)).toEqual({ parents: [], children: [] });
  expect((await api.ask(`/api/media/${large.id}/lineage`)).status).toBe(404);
});

test("another user's image gives neither lineage nor prompt", async () => {
  const stranger = await createUser(stack);
  const mine = await makeImage({ prompt: "secret garden", width: 256, height: 256, num_inference_steps: 5 });
  const { data } = await connectAsService(stack)
    .from("predictions")
    .insert({
      user_id: stranger.id,
      model: "a/b",
      idempotency_key: "k",
      request_hash: "h",
      input: {},
      next_at: null,
      status: "succeeded",
      parent_image_id: mine.id,
    })
    .select("id")
    .single()
    .throwOnError();
  const image = {
    position: 0,
    storage_path: `${stranger.id}/x.png`,
    content_type: "image/png",
    width: 1,
    height: 1,
    bytes: 70,
    sha256: "0".repeat(64),
    source_url: "https://replicate.delivery/x.png",
  };
  await connectAsService(stack).rpc("save_media", { p_prediction: data.id, p_media: image }).throwOnError();
  const rows = await sql(stack, `select parent_image_id, subject from sdxl_images where user_id = '${stranger.id}'`);
  expect(rows).toEqual([{ parent_image_id: null, subject: null }]);
  expect(await readLineage(mine.id)).toEqual({ parents: [], children: [] });
});
