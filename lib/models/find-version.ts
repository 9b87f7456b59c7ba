import "server-only";
import pLimit from "p-limit";
import { z } from "zod";
import { env } from "@/lib/env";
import { processState } from "@/lib/process-globals";
import * as replicate from "@/lib/replicate/client";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { cached } from "./cached-request";
import { featuredModels } from "./catalog";
import { nullIfNotFound, versionAlone } from "./errors";
import { parseModelRef } from "./ref";

const FIVE_MINUTES = 300_000;
/** To find a version, Replicate is asked about at most this many models. */
const MAX_CANDIDATES = 50;
/** How many requests to find a version are sent at the same time, for all users together. */
const asking = pLimit(4);

/**
 * Finds the model of a version from the version's id. For `run("owner/name:version")`, Replicate's official client sends only
 * this id. Replicate's API cannot find the model, because a request for a version must contain the model. So we look for the id
 * among the versions of the default model and of the featured models, and in earlier predictions of all users. If the id is not
 * there, we ask Replicate whether it is a version of one of the models that are allowed by name. These requests are counted for
 * the user (see `countModelRequest`). Throws `unknown_model`, `rate_limited`, `provider_unavailable` or `db_unavailable`.
 */
export async function findVersion(userId: string, version: string): Promise<{ model: string; version: string }> {
  const model =
    findInSettings(version) ??
    processState.versions.get(version) ??
    (await findInRows(version)) ??
    (await findAtReplicate(userId, version));
  if (!model) throw versionAlone(version);
  processState.versions.set(version, model);
  return { model, version };
}

function findInSettings(version: string): string | undefined {
  const known = parseModelRef(env().REPLICATE_MODEL_VERSION);
  return known?.version === version ? known.model : featuredModels.find((one) => one.version === version)?.id;
}

/**
 * Returns the model of any earlier prediction with this version, even of another user. The caller must check that the model is
 * allowed.
 */
async function findInRows(version: string): Promise<string | undefined> {
  const rows = adminClient().from("predictions").select("model").eq("version", version).limit(1);
  const [row] = z.array(z.object({ model: z.string() })).parse(unwrap(await rows));
  return row?.model;
}

const findAtReplicate = cached(FIVE_MINUTES, async (version: string): Promise<string | null> => {
  const owners = await Promise.all(
    listCandidates().map((model) =>
      asking(async () => ((await replicate.getVersion(model, version).catch(nullIfNotFound)) ? model : null)),
    ),
  );
  return owners.find((model) => model !== null) ?? null;
});

/**
 * Returns the models whose versions Replicate is asked about, at most `MAX_CANDIDATES`: the default model, the models that
 * `ALLOWED_MODELS` names, and the featured models. A featured model without a version in the catalog is official. Replicate does
 * not show the versions of official models, so these are left out.
 */
function listCandidates(): string[] {
  const names = env().ALLOWED_MODELS.filter((name) => name.includes("/"));
  const standard = parseModelRef(env().REPLICATE_MODEL_VERSION)?.model ?? [];
  const featured = featuredModels.flatMap(({ id, version }) => (version ? id : []));
  return [...new Set([standard, names, featured].flat())].slice(0, MAX_CANDIDATES);
}
