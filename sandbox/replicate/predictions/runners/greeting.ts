import { promptOf } from "../../faults/magic-words.ts";
import { shortenedDuration, type Plan, type Run } from "./plan.ts";

/**
 * Acts as two models: replicate/hello-world returns its greeting in one piece, and replicate/canary streams its greeting. The
 * tests of Replicate's client expect the words of these greetings.
 */
export async function planGreeting(run: Run): Promise<Plan> {
  const streams = run.schemas.Output?.["x-cog-array-type"] === "iterator";
  const words = streams ? `hello there, ${promptOf(run.input)}` : `hello ${promptOf(run.input)}`;
  return {
    events: streams ? [{ at: 100, piece: words }] : [],
    duration: shortenedDuration(run),
    makeFiles: async () => [],
    toOutput: () => (streams ? [words] : words),
  };
}
