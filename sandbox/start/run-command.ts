import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** Returns the port in a command such as `next dev -p 4000`. */
export function findPort(command: string[]): string | undefined {
  const flag = command.findIndex((part) => part === "-p" || part === "--port");
  return flag === -1 ? command.find((part) => part.startsWith("--port="))?.slice(7) : command[flag + 1];
}

/** Adds the host that Next should listen on, unless the command already has one. */
export function withHost(command: string[], host: string | undefined): string[] {
  const isNamed = command.some((part) => /^(-H|--hostname)(=|$)/.test(part));
  return command[0] === "next" && host && !isNamed ? [...command, "-H", host] : command;
}

/** Runs the command in this terminal. `next` runs with the Node of this process, because the Node of the shell may be older. */
export function runCommand(root: string, [program = "", ...args]: string[], env: NodeJS.ProcessEnv) {
  const isNext = program === "next";
  const child = spawn(
    isNext ? process.execPath : program,
    isNext ? [join(root, "node_modules/next/dist/bin/next"), ...args] : args,
    {
      cwd: root,
      env: { ...env, PATH: join(root, "node_modules/.bin") + delimiter + (env.PATH ?? "") },
      stdio: "inherit",
      shell: !isNext && process.platform === "win32",
    },
  );
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGKILL" ? 137 : 143)));
  });
  return {
    ended,
    /** Sends SIGTERM, and SIGKILL after ten seconds. */
    async stop(): Promise<void> {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
