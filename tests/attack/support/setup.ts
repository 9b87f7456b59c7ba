import type { TestProject } from "vitest/node";
import { readFigures } from "./figures";
import { startStack } from "../../support/stack";

/** A stack of its own for the table of attacks; at the end, what each promise came to. */
export default async function setup(project: TestProject) {
  const { dir, env, appUrl, supabaseUrl, replicateUrl, stop } = await startStack({
    // What hurries is stopped by limits, which have tests of their own; here they would hide what comes after them.
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
