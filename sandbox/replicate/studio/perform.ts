import { combinePaintings, drawPainting, removeBackground, restoreFaces, upscale } from "../painter/index.ts";
import type { Task } from "./task.ts";

/** Does a task on the thread that calls. */
export function performTask(task: Task): Promise<Uint8Array> {
  switch (task.kind) {
    case "draw":
      return drawPainting(task.painting);
    case "upscale":
      return upscale(task.bytes, task.scale);
    case "cut-out":
      return removeBackground(task.bytes);
    case "restore":
      return restoreFaces(task.bytes, task.scale);
    case "combine":
      return combinePaintings(task.paintings, task.width, task.height, task.format);
  }
}
