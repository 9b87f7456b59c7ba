import "server-only";
import * as replicate from "@/lib/replicate/client";
import { isHidden } from "./allowed-models";
import { cached } from "./cached-request";
import { findFeatured } from "./catalog";
import { nullIfNotFound, unknownModel } from "./errors";
import { toExample } from "./example";
import { getFields } from "./inputs/fields";
import type { ListedPrice, ModelDetails } from "./listing";
import { mediaKinds } from "./model-filter";
import { hardwareName } from "./prices/price-list";
import { toListing } from "./to-listing";

const MAX_VERSIONS = 25;

/**
 * Returns the data for the page of a model (`owner/name`), with the inputs of `version` or, if `version` is null, with those of
 * the default version. Cached for five minutes. Throws `unknown_model`, `provider_unavailable` or `rate_limited`.
 */
export const getModelDetails = cached(5 * 60_000, loadDetails);

async function loadDetails(model: string, version: string | null): Promise<ModelDetails> {
  const [found, versions] = await Promise.all([
    replicate.getModel(model).catch(nullIfNotFound),
    // The page is useful without the list of versions, so an error here is ignored.
    replicate.listVersions(model).catch(() => ({ results: [] })),
  ]);
  const listing = found && toListing(found);
  if (!listing || isHidden(listing.model, found.visibility)) throw unknownModel(model);
  const { is_official: isOfficial, latest_version: latest } = found;
  const featured = findFeatured(listing.model);
  const pinned = version ?? featured?.version ?? null;
  const shown =
    pinned && pinned !== latest?.id ? await replicate.getVersion(model, pinned).catch(nullIfNotFound) : latest;
  if (pinned && !shown) throw unknownModel(model);
  const schema = shown?.openapi_schema ?? null;
  return {
    ...listing,
    kinds: schema && !featured ? mediaKinds(schema) : listing.kinds,
    isOfficial: isOfficial ?? false,
    hardware: hardwareOf(listing.price),
    links: toLinks(found),
    example: await toExample(found),
    versions: versions.results.slice(0, MAX_VERSIONS).map(({ id, created_at }) => ({ id, createdAt: created_at })),
    version: pinned ?? (isOfficial ? null : (latest?.id ?? null)),
    fields: schema ? getFields(schema) : [],
  };
}

function hardwareOf(price: ListedPrice): string | null {
  return price.per === "second" && price.hardware ? hardwareName(price.hardware) : null;
}

/** Returns the links of a model. Drops unsafe links such as `javascript:`, because anyone can publish a model. */
function toLinks({ github_url, paper_url, license_url }: Awaited<ReturnType<typeof replicate.getModel>>) {
  const links = { Code: github_url, Paper: paper_url, License: license_url };
  return Object.entries(links).flatMap(([label, url]) => (url && /^https?:\/\//i.test(url) ? [{ label, url }] : []));
}
