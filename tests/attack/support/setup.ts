import type { TestProject } from "vitest/node";
import { readFigures } from "./figures";
import { startStack } from "../../support/stack";

/** Starts a stack for the attacks. At the end it prints the counts of each promise. */
export default async function setup(project: TestProject) {
  const { dir, env, appUrl, supabaseUrl, replicateUrl, stop } = await startStack({
    // Rate limits are off: they have their own tests, and would hide the checks behind them.
    env: {
      READS_PER_SECOND_PER_USER: "100000",
      CREATES_PER_MINUTE_PER_USER: "100000",
      LOGINS_PER_MINUTE_PER_ADDRESS: "100000",
    },
  });
  project.provide("stack", { dir, env, appUrl, supabaseUrl, replicateUrl });
  return async () => {
    console.log(["", ...readFigures(dir), ""].join("\n"));
    await stop();
  };
}
