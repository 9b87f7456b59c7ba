import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

// Tools are started by their path, with the Node that runs this script. The command `node` in a shell may be older, and
// Windows cannot start the programs in node_modules/.bin.
const tools = {
  next: "next/dist/bin/next",
  oxfmt: "oxfmt/bin/oxfmt",
  oxlint: "oxlint/bin/oxlint",
  playwright: "@playwright/test/cli.js",
  tsc: "typescript/bin/tsc",
  vitest: "vitest/vitest.mjs",
} as const;

/** Returns the command line that runs a tool on the current Node. */
export function tool(name: keyof typeof tools, ...args: string[]): string[] {
  return [process.execPath, join(root, "node_modules", tools[name]), ...args];
}

/** Returns the command line that runs one of our scripts on the current Node. */
export function script(file: string, ...args: string[]): string[] {
  return [process.execPath, join(root, file), ...args];
}

/** Runs a command and returns its output. Prints the output too, unless `quiet` is true. */
export function run(
  command: string[],
  { quiet = false, env: more = {} }: { quiet?: boolean; env?: Record<string, string | undefined> } = {},
): Promise<{ ok: boolean; output: string }> {
  const [program = "", ...args] = command;
  // The compiler, and the part of the linter that needs types, are written in Go. They need up to 1.5 GB, and collecting garbage
  // would free only about a tenth of it. So they collect none below 2 GB. This saves a third of their processor time.
  const env = { GOGC: "off", GOMEMLIMIT: "2GiB", ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...more };
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], timeout: 60 * 60_000 });
  let output = "";
  for (const [stream, screen] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (!quiet) screen.write(text);
    });
  }
  return new Promise((done) => {
    child.once("error", (error) => done({ ok: false, output: error.message }));
    child.once("close", (code) => done({ ok: code === 0, output }));
  });
}
