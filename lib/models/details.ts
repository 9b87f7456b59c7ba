import "server-only";
import { getModel, getVersion, listVersions } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { catalog } from "./catalog";
import { fieldsOf } from "./fields";
import { toListing } from "./to-listing";
import { unknownModel } from "./resolve";
import { remember } from "@/lib/cache";
import type { ModelDetails } from "./schema";
import { unreachable } from "./errors";

const MINUTES = 60_000;
const MOST_VERSIONS = 25;

/**
 * All that a model's page says of `owner/name`, with the inputs of this version, or of the one that runs unless another is
 * named. Throws `unknown_model`, `provider_unavailable`, `rate_limited`.
 */
export const getModelDetails = remember(5 * MINUTES, load);

async function load(model: string, asked: string | null): Promise<ModelDetails> {
  try {
    const [found, versions] = await Promise.all([getModel(model), versionsOf(model)]);
    const listing = toListing(found);
    if (!listing) throw unknownModel(model);
    const { is_official: isOfficial, latest_version: latest } = found;
    const named = asked ?? catalog.find(({ id }) => id === listing.model)?.version ?? null;
    const shown = named && named !== latest?.id ? await getVersion(model, named) : latest;
    return {
      ...listing,
      isOfficial: isOfficial ?? false,
      links: linksOf(found),
      versions,
      version: named ?? (isOfficial ? null : (latest?.id ?? null)),
      fields: shown?.openapi_schema ? fieldsOf(shown.openapi_schema) : [],
    };
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    if (error.kind === "not_found" || error.kind === "refused") throw unknownModel(model, error);
    throw unreachable(error);
  }
}

/** A page without its versions is still a page. */
async function versionsOf(model: string) {
  const { results } = await listVersions(model).catch(() => ({ results: [] }));
  return results.slice(0, MOST_VERSIONS).map(({ id, created_at }) => ({ id, createdAt: created_at }));
}

function linksOf({ github_url, paper_url, license_url }: Awaited<ReturnType<typeof getModel>>) {
  const links = { Code: github_url, Paper: paper_url, License: license_url };
  return Object.entries(links).flatMap(([label, url]) => (url && /^https?:\/\//i.test(url) ? [{ label, url }] : []));
}
