import { spawn } from "node:child_process";
import { once } from "node:events";

/** A child process with everything it started: signals reach the whole group, and its output is kept for the failure's message. */
export function startProcess(file: string, args: string[], env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const ended = once(child, "exit");
  // Should the tests themselves be killed, nothing stays behind.
  const orphan = () => kill("SIGKILL");
  process.once("exit", orphan);
  void ended.then(() => process.off("exit", orphan));

  function kill(signal: NodeJS.Signals) {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  }

  return {
    child,
    ended,
    output: () => output,
    /** Signals the group and waits for its end. */
    async kill(signal: NodeJS.Signals) {
      kill(signal);
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

export type Process = ReturnType<typeof startProcess>;
