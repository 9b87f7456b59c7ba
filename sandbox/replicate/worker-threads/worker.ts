import { parentPort } from "node:worker_threads";
import { performTask, type Task } from "./task.ts";

parentPort?.on("message", (task: Task) => {
  performTask(task).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
