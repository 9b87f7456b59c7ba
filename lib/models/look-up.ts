import "server-only";
import { countModelRequest } from "@/lib/limits/request-limits";
import { processState } from "@/lib/process-globals";
import { lookUp as askReplicate, type Question } from "@/lib/replicate/look-up";
import { nullIfNotFound } from "./errors";

/**
 * Returns a resource of Replicate's API with all its fields: an object, a list or a text. Returns null if it does not exist. The
 * result is cached for a minute, for all users together. If it is not cached, the request is counted for the user (see
 * `countModelRequest`). Throws `rate_limited` or `provider_unavailable`. The installation's token can also read private models,
 * so check `isVisible` before you show a result to a user.
 */
export async function lookUp(userId: string, question: Question): Promise<unknown> {
  const found = await processState.lookUps(JSON.stringify(question), () => {
    countModelRequest(userId);
    // The result is cached even if nothing was found. Otherwise each request for a model that does not exist would be counted. A
    // private model is found and cached, so later requests for it are not counted. The count would then reveal that this model
    // exists.
    return askReplicate(question).catch(nullIfNotFound);
  });
  return found?.body ?? null;
}
