import "server-only";
import { env } from "@/lib/env";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import type { ReplicateListing } from "@/lib/replicate/schema";
import { isOffered } from "./allowed-models";
import { type FeaturedModel, findFeatured, modelTitle } from "./catalog";
import type { FeaturedListing, Listing, ListedPrice, MediaKinds } from "./listing";
import { mediaKinds } from "./model-filter";
import { findPrice } from "./prices/price-list";
import { parseModelRef } from "./ref";
import { tasks } from "./tasks";

/** Returns the listing of a featured model without the data that only Replicate has: `cover` and `runs` are null. */
export function featuredListing({ id, title, description, task, takes }: FeaturedModel): FeaturedListing {
  return {
    model: id,
    title,
    description,
    task,
    cover: null,
    runs: null,
    isAvailable: isOffered(id),
    kinds: { takes, makes: tasks[task].makes },
    price: priceOf(id),
  };
}

/**
 * Converts a model from Replicate's API to a listing. For a featured model, the texts and the kinds of media that it takes and
 * makes are from our catalog. Returns null if the model's name is not valid in a path.
 */
export function toListing(found: ReplicateListing): Listing | null {
  const model = parseModelRef(`${found.owner}/${found.name}`)?.model;
  if (!model) return null;
  const featured = findFeatured(model);
  return {
    model,
    title: modelTitle(model),
    description: found.description ?? "",
    isAvailable: isOffered(model),
    kinds: kindsOf(found),
    price: priceOf(model),
    ...(featured && featuredListing(featured)),
    cover: allowedCover(found.cover_image_url ?? ""),
    runs: found.run_count ?? null,
  };
}

function kindsOf({ latest_version: latest }: ReplicateListing): MediaKinds | null {
  return latest?.openapi_schema ? mediaKinds(latest.openapi_schema) : null;
}

function priceOf(model: string): ListedPrice {
  return findPrice(model) ?? { per: "unknown", usd: env().UNKNOWN_RUN_USD };
}

/**
 * Returns the URL if it is an image at one of Replicate's delivery origins. Otherwise returns null, because browsers block other
 * images (see `contentSecurityPolicy`).
 */
function allowedCover(url: string): string | null {
  const isImage = /\.(png|jpe?g|webp|gif|avif)$/i.test(URL.parse(url)?.pathname ?? "");
  return isImage && isAllowedUrl(url, env().REPLICATE_DELIVERY_ORIGINS) ? url : null;
}
