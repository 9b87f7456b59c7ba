import { fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { z } from "zod";

const Message = z.union([
  z.object({ ready: z.url(), env: z.record(z.string(), z.string()).default({}) }),
  z.object({ failed: z.string() }),
  z.object({ notice: z.string() }),
  z.object({ mail: z.object({ to: z.string(), subject: z.string(), link: z.string().nullable() }) }),
]);
export type Mail = Extract<z.infer<typeof Message>, { mail: unknown }>["mail"];

export type Service = {
  name: string;
  url: string;
  log: string;
  /** Settings for the app: URLs and keys of this service. */
  env: Record<string, string>;
  ended: Promise<void>;
  stop: () => Promise<void>;
};

type Options = {
  name: string;
  file: string;
  env: Record<string, string | undefined>;
  log: string;
  onMail?: (mail: Mail) => void;
};

/** Starts a local service as a separate process and waits until it is ready. Its output goes to the log file. */
export async function startService({ name, file, env, log, onMail }: Options): Promise<Service> {
  const output = openSync(log, "w", 0o600);
  const child = fork(file, { env: { ...process.env, ...env }, stdio: ["ignore", output, output, "ipc"] });
  const ended = once(child, "exit").then(() => {});

  const { url, provided } = await new Promise<{ url: string; provided: Record<string, string> }>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The local ${name} did not start. ${reason}`));
    child.on("message", (data) => {
      const message = Message.parse(data);
      if ("ready" in message) resolve({ url: message.ready, provided: message.env });
      else if ("failed" in message) fail(message.failed);
      else if ("notice" in message) console.log(`\n  ${message.notice}`);
      else onMail?.(message.mail);
    });
    child.once("error", (error) => fail(error.message));
    void ended.then(() => fail(`See ${log}.`));
  });

  return {
    name,
    url,
    log,
    env: provided,
    ended,
    async stop() {
      // A service exits by itself when its channel to the parent closes.
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
