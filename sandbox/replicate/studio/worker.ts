import { parentPort } from "node:worker_threads";
import { drawPicture, removeBackground, restoreFaces, upscale } from "../pictures/index.ts";
import type { Task } from "./task.ts";

function perform(task: Task): Promise<Uint8Array> {
  switch (task.kind) {
    case "draw":
      return drawPicture(task.picture);
    case "upscale":
      return upscale(task.bytes, task.scale);
    case "cut-out":
      return removeBackground(task.bytes);
    case "restore":
      return restoreFaces(task.bytes, task.scale);
  }
}

parentPort?.on("message", (task: Task) => {
  perform(task).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
