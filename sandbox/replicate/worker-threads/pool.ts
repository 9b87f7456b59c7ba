import { once } from "node:events";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { z } from "zod";
import { performTask, type Task } from "./task.ts";

const Answer = z.union([z.object({ bytes: z.instanceof(Uint8Array) }), z.object({ error: z.string() })]);

/** Drawing shares the machine with the app that waits for it: never more than two images at a time. */
const atMostTwo = pLimit(2);
const idle: Worker[] = [];

function hire(): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  // A worker without work keeps no process alive.
  worker.unref();
  return worker;
}

/** An image of this many pixels is drawn before a thread would have started. */
const SMALL = 128 * 128;

function isSmall(task: Task): boolean {
  return task.kind === "draw" && task.request.width * task.request.height <= SMALL;
}

/** Draws or retouches on a thread of its own: the server goes on answering. Rejects when the task cannot be done. */
export function runTask(task: Task): Promise<Uint8Array> {
  return atMostTwo(async () => {
    if (isSmall(task)) return performTask(task);
    const worker = idle.pop() ?? hire();
    worker.postMessage(task);
    const [message] = z.tuple([z.unknown()]).parse(await once(worker, "message"));
    idle.push(worker);
    const answer = Answer.parse(message);
    if ("error" in answer) throw new Error(answer.error);
    return answer.bytes;
  });
}
