import type { TestProject } from "vitest/node";
import { readFigures } from "./figures";
import { startStack } from "../../support/stack";

/** Starts a stack for the attacks. At the end, prints the counts of each guarantee. */
export default async function setup(project: TestProject) {
  const { dir, env, appUrl, supabaseUrl, replicateUrl, stop } = await startStack({
    // These rate limits are so high that they refuse nothing. Otherwise they would refuse requests before the checks that are
    // tested here.
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
