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
  /** What the app needs to know of it. */
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

/** Starts one of the local services and waits until it answers. What it prints goes to its log. */
export async function startService({ name, file, env, log, onMail }: Options): Promise<Service> {
  const output = openSync(log, "w", 0o600);
  const child = fork(file, { env: { ...process.env, ...env }, stdio: ["ignore", output, output, "ipc"] });
  const ended = once(child, "exit").then(() => {});

  const { url, provides } = await new Promise<{ url: string; provides: Record<string, string> }>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The local ${name} did not start. ${reason}`));
    child.on("message", (data) => {
      const message = Message.parse(data);
      if ("ready" in message) resolve({ url: message.ready, provides: message.env });
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
    env: provides,
    ended,
    async stop() {
      // A service whose parent is gone ends by itself; this is the same, on purpose.
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}
