import { findModel } from "../catalog/find-model.ts";
import { promptOf } from "../faults/magic-words.ts";
import { json } from "../http/responses.ts";
import { drawImages } from "../predictions/runners/images/draw-images.ts";
import type { RouteContext } from "../sandbox.ts";

/** px; a page of search results shows dozens of covers, each drawn here. */
const SIDE = 512;

/** GET /delivery/tjzk/:model/cover.webp: the image of a model's page, drawn on the first request. */
export async function deliverCover({ sandbox, param }: RouteContext): Promise<Response> {
  const { state } = sandbox;
  const model = findModel(state, param("model").replace("--", "/"));
  if (!model?.cover_image_url) return json(404, { detail: "File not found" });
  const key = `cover-${param("model")}.webp`;
  let bytes = await state.blobs.get(key);
  if (!bytes) {
    const prompt = promptOf(model.example?.input ?? {}) || `${model.description}`;
    const request = { model: model.id, prompt, seed: 7, width: SIDE, height: SIDE, format: "webp" as const };
    const [image] = await drawImages(request, 1);
    bytes = Uint8Array.from(image?.bytes ?? []);
    await state.blobs.put(key, bytes);
  }
  return new Response(bytes, {
    headers: {
      "content-type": "image/webp",
      "content-length": String(bytes.byteLength),
      "access-control-allow-origin": "*",
    },
  });
}
