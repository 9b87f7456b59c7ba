import "server-only";
import * as replicate from "@/lib/replicate/client";
import { listEnabledModels } from "./allowed-models";
import { cached } from "./cached-request";
import { nullIfNotFound } from "./errors";
import type { Collection, FeaturedListing, ListingPage } from "./listing";
import { featuredListing, toListing } from "./to-listing";

const MINUTE = 60_000;
/** How long a page waits for optional data from Replicate (ms): collections, covers, run counts, READMEs. */
const DETAILS_TIMEOUT = 1_500;

// Replicate's responses contain the OpenAPI document of each model, which would take much memory. So only the fields that the
// pages show are cached.
const search = cached(MINUTE, async (words: string, cursor: string | null) => {
  const { results, next } = await replicate.searchModels(words, cursor);
  return {
    models: results.flatMap((found) => toListing(found) ?? []),
    next: URL.parse(next ?? "")?.searchParams.get("cursor") ?? null,
  };
});
const loadCollections = cached(60 * MINUTE, replicate.listCollections);
const loadCollection = cached(5 * MINUTE, async (slug: string) => {
  const { name, description, models = [] } = await replicate.getCollection(slug);
  return { slug, name, description: description ?? "", models: models.flatMap((model) => toListing(model) ?? []) };
});
const loadCover = cached(60 * MINUTE, async (model: string) => {
  const { cover = null, runs = null } = toListing(await replicate.getModel(model)) ?? {};
  return { cover, runs };
});
const loadReadme = cached(60 * MINUTE, async (model: string) => {
  return (await replicate.getReadme(model).catch(nullIfNotFound)) ?? "";
});

/**
 * Returns a page of Replicate's public models that match the words, best first. Throws `provider_unavailable` or `rate_limited`.
 */
export async function searchModels(userId: string, words: string, cursor: string | null): Promise<ListingPage> {
  return (await search(userId, words.slice(0, 200), cursor).catch(nullIfNotFound)) ?? { models: [], next: null };
}

/** Returns a collection with its models. Returns null if it does not exist. Throws `provider_unavailable` or `rate_limited`. */
export function getCollection(userId: string, slug: string) {
  return loadCollection(userId, slug).catch(nullIfNotFound);
}

/** Returns Replicate's collections. A page is useful without them, so the list is empty if Replicate is slow or unavailable. */
export async function listCollections(): Promise<Collection[]> {
  const found = await withTimeout(loadCollections(null));
  return (found?.results ?? []).map(({ slug, name, description }) => ({ slug, name, description: description ?? "" }));
}

/** Returns the featured models that are offered here, with covers and run counts if Replicate responds soon. */
export async function listFeatured(): Promise<FeaturedListing[]> {
  return Promise.all(
    listEnabledModels().map(async (entry) => ({
      ...featuredListing(entry),
      ...(await withTimeout(loadCover(null, entry.id))),
    })),
  );
}

/**
 * Returns the README of a model as Markdown. Returns null if there is none, or if Replicate is slow or unavailable. The request
 * is not counted for any user, so call this only for a model that exists.
 */
export async function getReadme(model: string): Promise<string | null> {
  return (await withTimeout(loadReadme(null, model))) || null;
}

/** Returns the value of the promise. Returns null if the promise rejects or takes longer than `DETAILS_TIMEOUT`. */
function withTimeout<Value>(value: Promise<Value>): Promise<Value | null> {
  const timeout = new Promise<null>((resolve) => void setTimeout(resolve, DETAILS_TIMEOUT, null).unref());
  return Promise.race([value.catch(() => null), timeout]);
}
