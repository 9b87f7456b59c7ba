import { findModel } from "../catalog/find-model.ts";
import type { Model } from "../catalog/model.ts";
import { promptOf } from "../faults/magic-words.ts";
import { encodeMp3 } from "../file-formats/mp3.ts";
import { json } from "../http/responses.ts";
import { drawVector } from "../painter/draw-vector.ts";
import { drawImages } from "../predictions/runners/images/draw-images.ts";
import type { RouteContext } from "../sandbox.ts";
import { runTask } from "../worker-threads/pool.ts";

/**
 * The width and height (px) of a cover. A cover is the image of a model in lists of models. Covers are small, because the sandbox
 * draws each of them, and a page of search results shows dozens.
 */
const SIDE = 512;
const VIDEO = { width: 640, height: 360, seconds: 2 };

type ModelFile = { type: string; make: (model: Model) => Promise<Uint8Array> };

/** The files of a model's page: its cover, and the output of its example. */
const FILES = new Map<string, ModelFile>([
  ["cover.webp", { type: "image/webp", make: (model) => draw(model, { width: SIDE, height: SIDE }) }],
  ["example.svg", { type: "image/svg+xml", make: async (model) => Buffer.from(drawAsVector(model)) }],
  [
    "example.mp4",
    {
      type: "video/mp4",
      make: async (model) => runTask({ kind: "film", bytes: await draw(model, VIDEO), ...VIDEO }),
    },
  ],
  ["example.mp3", { type: "audio/mpeg", make: async () => encodeMp3(4) }],
]);

/**
 * GET and HEAD /delivery/tjzk/:model/:name: a file of a model's page. The file is made on the first request, and never expires.
 * Replicate uses the name `tjzk` in the URLs of such files, too.
 */
export async function deliverModelFile({ sandbox: { state }, param, request }: RouteContext): Promise<Response> {
  // `param` decodes the URL, so the parameter `model` may contain a slash. No model has such a URL.
  const model = param("model").includes("/") ? null : findModel(state, param("model").replace("--", "/"));
  const file = FILES.get(param("name"));
  if (!model?.cover_image_url || !file) return json(404, { detail: "File not found" });
  const headers = { "content-type": file.type, "access-control-allow-origin": "*" };
  if (request.method === "HEAD") return new Response(null, { headers });
  const key = `${param("model")}-${param("name")}`;
  let bytes = await state.blobs.get(key);
  if (!bytes) {
    bytes = Uint8Array.from(await file.make(model));
    await state.blobs.put(key, bytes);
  }
  return new Response(Buffer.from(bytes), { headers: { ...headers, "content-length": String(bytes.byteLength) } });
}

function subjectOf({ example, description }: Model): string {
  return promptOf(example?.input ?? {}) || `${description}`;
}

function drawAsVector(model: Model): string {
  return drawVector({ model: model.id, seed: 7, prompt: subjectOf(model), width: SIDE, height: SIDE });
}

async function draw(model: Model, size: { width: number; height: number }): Promise<Uint8Array> {
  const request = { model: model.id, prompt: subjectOf(model), seed: 7, format: "webp" as const, ...size };
  const [image] = await drawImages(request, 1);
  return image?.bytes ?? new Uint8Array();
}
