import "server-only";
import { countModelRequest } from "@/lib/limits/request-limits";
import { processState } from "@/lib/process-globals";
import { lookUp as askReplicate, type Question } from "@/lib/replicate/look-up";
import { nullIfNotFound } from "./errors";

/**
 * Returns the body of one of Replicate's resources with all its fields: an object, a list or a text. Returns null if it does not
 * exist. Cached for a minute, for all users together. A request that is not cached is counted for the user (see
 * `countModelRequest`). Throws `rate_limited` or `provider_unavailable`. The installation's token also sees private models: check
 * `isVisible` before you show anything.
 */
export async function lookUp(userId: string, question: Question): Promise<unknown> {
  const found = await processState.lookUps(JSON.stringify(question), () => {
    countModelRequest(userId);
    // That nothing was found is cached too. Otherwise the limit would tell a private model from one that does not exist.
    return askReplicate(question).catch(nullIfNotFound);
  });
  return found?.body ?? null;
}
