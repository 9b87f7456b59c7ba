import { spawn } from "node:child_process";
import { once } from "node:events";

/** Starts a Node script in its own process group. `kill` sends a signal to the whole group. `output` returns the last output. */
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
  // If the test run ends before the process is stopped, the whole group is killed.
  const orphan = () => kill("SIGKILL");
  process.once("exit", orphan);
  void ended.then(() => process.off("exit", orphan));

  function kill(signal: NodeJS.Signals) {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // The group has already ended.
    }
  }

  return {
    child,
    ended,
    output: () => output,
    /** Sends a signal to the group, and waits until the process has ended. */
    async kill(signal: NodeJS.Signals) {
      kill(signal);
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

export type Process = ReturnType<typeof startProcess>;
