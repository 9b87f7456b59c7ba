import { once } from "node:events";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { z } from "zod";
import { performTask, type Task } from "./task.ts";

const Answer = z.union([z.object({ bytes: z.instanceof(Uint8Array) }), z.object({ error: z.string() })]);

/** At most two tasks run at a time, because the app runs on the same machine and needs CPU time, too. */
const limitToTwo = pLimit(2);
const idle: Worker[] = [];

function startWorker(): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  // An idle worker must not keep the process running.
  worker.unref();
  return worker;
}

/** An image with at most this many pixels is drawn on the calling thread, because it would take longer to start a thread. */
const SMALL = 128 * 128;

function isSmall(task: Task): boolean {
  return task.kind === "draw" && task.request.width * task.request.height <= SMALL;
}

/**
 * Draws or changes an image. Unless the task is small, uses another thread, so that the server can handle requests at the same
 * time. Rejects if the task fails.
 */
export function runTask(task: Task): Promise<Uint8Array> {
  return limitToTwo(async () => {
    if (isSmall(task)) return performTask(task);
    const worker = idle.pop() ?? startWorker();
    worker.postMessage(task);
    const [message] = z.tuple([z.unknown()]).parse(await once(worker, "message"));
    idle.push(worker);
    const answer = Answer.parse(message);
    if ("error" in answer) throw new Error(answer.error);
    return answer.bytes;
  });
}
