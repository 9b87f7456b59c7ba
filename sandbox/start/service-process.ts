import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const Message = z.union([
  z.object({ ready: z.url(), env: z.record(z.string(), z.string()).default({}) }),
  z.object({ failed: z.string() }),
  z.object({ notice: z.string() }),
  z.object({
    mail: z.object({
      to: z.string(),
      subject: z.string(),
      link: z.string().nullable(),
      code: z.string().nullable(),
    }),
  }),
]);
export type Mail = Extract<z.infer<typeof Message>, { mail: unknown }>["mail"];

export type Service = {
  name: string;
  url: string;
  /** Settings for the app: URLs and keys of this service. */
  env: Record<string, string>;
  stop: () => Promise<void>;
};

type Options = {
  name: string;
  file: string;
  env: Record<string, string | undefined>;
  log: string;
  onMail?: (mail: Mail) => void;
};

/** The pause before an ended service is started again (ms). */
const PAUSE = 2_000;

/**
 * Starts a local service as a separate process and waits until it is ready. Throws if it does not start. If the process ends
 * later, it is started again, as often as needed, so the service must use the same port and keys at each start. The output of the
 * process goes to the log file.
 */
export async function startService(options: Options): Promise<Service> {
  const { name, log } = options;
  let running = startProcess(options, "w");
  const { url, env } = await running.ready;
  const stopped = new AbortController();

  async function restart() {
    let problem = `The local ${name} has ended unexpectedly, and is started again. See ${log}`;
    console.error(`\n  ${problem}`);
    for (;;) {
      await sleep(PAUSE, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
      running = startProcess(options, "a");
      try {
        await running.ready;
        return console.log(`\n  The local ${name} is running again.`);
      } catch (error) {
        await running.ended;
        if (stopped.signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== problem) console.error(`\n  ${reason}`);
        problem = reason;
      }
    }
  }

  async function keepRunning() {
    while (!stopped.signal.aborted) {
      await running.ended;
      if (!stopped.signal.aborted) await restart();
    }
  }
  void keepRunning();

  return {
    name,
    url,
    env,
    async stop() {
      stopped.abort();
      const { child, ended } = running;
      // A service exits by itself when its channel to the parent closes.
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function startProcess({ name, file, env, log, onMail }: Options, flags: "w" | "a") {
  const output = openSync(log, flags, 0o600);
  const child = fork(file, { env: { ...process.env, ...env }, stdio: ["ignore", output, output, "ipc"] });
  closeSync(output);
  const ended = once(child, "exit").then(() => {});
  const ready = new Promise<{ url: string; env: Record<string, string> }>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The local ${name} did not start. ${reason}`));
    child.on("message", (data) => {
      const message = Message.parse(data);
      if ("ready" in message) resolve({ url: message.ready, env: message.env });
      else if ("failed" in message) fail(message.failed);
      else if ("notice" in message) console.log(`\n  ${message.notice}`);
      else onMail?.(message.mail);
    });
    child.once("error", (error) => fail(error.message));
    void ended.then(() => fail(`See ${log}.`));
  });
  return { child, ended, ready };
}
