import type { Format } from "../painter/canvas/encode-image.ts";
import { drawImage } from "../painter/draw-image.ts";
import { imageToVideo } from "../painter/image-to-video.ts";
import { combineImages } from "../painter/image-tools/combine-images.ts";
import { drawBoxes, type Box } from "../painter/image-tools/draw-boxes.ts";
import { removeBackground } from "../painter/image-tools/remove-background.ts";
import { restoreFaces, upscale } from "../painter/image-tools/upscale.ts";
import type { DrawRequest } from "../painter/scenes/scene.ts";

export type Task =
  | { kind: "draw"; request: DrawRequest }
  | { kind: "upscale"; bytes: Uint8Array; scale: number }
  | { kind: "cut-out"; bytes: Uint8Array }
  | { kind: "restore"; bytes: Uint8Array; scale: number }
  | { kind: "film"; bytes: Uint8Array; width: number; height: number; seconds: number }
  | { kind: "boxes"; bytes: Uint8Array; boxes: Box[]; fill: boolean }
  | { kind: "combine"; images: Uint8Array[]; width: number; height: number; format: Format; hue?: number };

/** Performs a task on the calling thread. */
export function performTask(task: Task): Promise<Uint8Array> {
  switch (task.kind) {
    case "draw":
      return drawImage(task.request);
    case "upscale":
      return upscale(task.bytes, task.scale);
    case "cut-out":
      return removeBackground(task.bytes);
    case "restore":
      return restoreFaces(task.bytes, task.scale);
    case "film":
      return imageToVideo(task.bytes, task.width, task.height, task.seconds);
    case "boxes":
      return drawBoxes(task.bytes, task.boxes, task.fill);
    case "combine":
      return combineImages(task.images, task);
  }
}
