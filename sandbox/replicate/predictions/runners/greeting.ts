import { promptOf } from "../../faults/magic-words.ts";
import { shortenedDuration, type Plan, type Run } from "./plan.ts";

/**
 * replicate/hello-world answers with a text, replicate/canary with a stream. The tests of Replicate's client expect these words.
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
