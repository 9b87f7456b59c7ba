import "server-only";
import { env } from "@/lib/env";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import * as replicate from "@/lib/replicate/client";
import type { ReplicateListing } from "@/lib/replicate/schema";
import { isAllowed, listEnabledModels } from "./allowed-models";
import { cached } from "./cached-request";
import { featuredModels } from "./featured-models";
import { nullIfNotFound } from "./errors";
import { parseModelRef } from "./ref";
import type { Collection, Listing, ListingPage } from "./listing";
import { modelTitle } from "./title";

const MINUTE = 60_000;
/** How long a page waits for data from Replicate that it can do without (ms): collections, covers and run counts. */
const DETAILS_TIMEOUT = 1_500;

const search = cached(MINUTE, replicate.searchModels);
const loadCollections = cached(60 * MINUTE, replicate.listCollections);
const loadCollection = cached(5 * MINUTE, replicate.getCollection);
const loadModel = cached(60 * MINUTE, replicate.getModel);

/** Returns Replicate's public models that match the words, best first. Throws `provider_unavailable` or `rate_limited`. */
export async function searchModels(userId: string, words: string, cursor: string | null): Promise<ListingPage> {
  const page = await search(userId, words.slice(0, 200), cursor).catch(nullIfNotFound);
  return {
    models: (page?.results ?? []).flatMap((found) => toListing(found) ?? []),
    next: URL.parse(page?.next ?? "")?.searchParams.get("cursor") ?? null,
  };
}

/** Returns a collection with its models; null if it does not exist. Throws `provider_unavailable` or `rate_limited`. */
export async function getCollection(userId: string, slug: string) {
  const found = await loadCollection(userId, slug).catch(nullIfNotFound);
  if (!found) return null;
  const { name, description, models = [] } = found;
  return { slug, name, description: description ?? "", models: models.flatMap((model) => toListing(model) ?? []) };
}

/** Returns Replicate's collections. They are optional, so the list is empty if Replicate is slow or unavailable. */
export async function listCollections(): Promise<Collection[]> {
  const found = await withTimeout(loadCollections(null));
  return (found?.results ?? []).map(({ slug, name, description }) => ({ slug, name, description: description ?? "" }));
}

/** Returns the allowed featured models, with covers and run counts if Replicate responds soon. */
export async function listFeatured() {
  return Promise.all(
    listEnabledModels().map(async ({ id, description, tool }) => {
      const found = await withTimeout(loadModel(null, id));
      const { cover = null, runs = null } = (found && toListing(found)) ?? {};
      return { model: id, title: modelTitle(id), description, tool, cover, runs };
    }),
  );
}

/** Converts a model of Replicate. A featured model gets our own description. Null if its name is not valid in a path. */
export function toListing(found: ReplicateListing): Listing | null {
  const model = parseModelRef(`${found.owner}/${found.name}`)?.model;
  if (!model) return null;
  return {
    model,
    title: modelTitle(model),
    description: featuredModels.find(({ id }) => id === model)?.description ?? found.description ?? "",
    cover: allowedCover(found.cover_image_url ?? ""),
    runs: found.run_count ?? null,
    isAvailable: isAllowed(model),
  };
}

/** Returns the URL if it names an image at one of Replicate's delivery origins, or else null: pages may load no other images. */
function allowedCover(url: string): string | null {
  const isImage = /\.(png|jpe?g|webp|gif|avif)$/i.test(URL.parse(url)?.pathname ?? "");
  return isImage && isAllowedUrl(url, env().REPLICATE_DELIVERY_ORIGINS) ? url : null;
}

/** Returns null if the promise fails or takes longer than `DETAILS_TIMEOUT`. */
function withTimeout<Value>(value: Promise<Value>): Promise<Value | null> {
  const timeout = new Promise<null>((resolve) => void setTimeout(resolve, DETAILS_TIMEOUT, null).unref());
  return Promise.race([value.catch(() => null), timeout]);
}
