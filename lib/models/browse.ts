import "server-only";
import * as replicate from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { listEnabledModels } from "./allowed";
import { toListing } from "./to-listing";
import { remember } from "@/lib/cache";
import type { Collection, Listing, ListingPage } from "./schema";
import { unreachable } from "./errors";

const MINUTES = 60_000;
/** The longest that our own catalogue waits for Replicate's images and counts (ms): it can do without. */
const PATIENCE = 1_500;

const search = remember(MINUTES, replicate.searchModels);
const collections = remember(60 * MINUTES, replicate.listCollections);
const collection = remember(5 * MINUTES, replicate.getCollection);
const model = remember(60 * MINUTES, replicate.getModel);

/**
 * Public models of Replicate's that match the words, the best first. A cursor that is none finds nothing.
 * Throws `provider_unavailable`, `rate_limited`.
 */
export async function searchModels(userId: string, words: string, cursor: string | null): Promise<ListingPage> {
  try {
    const { results, next } = await search(userId, words.slice(0, 200), cursor);
    return {
      models: results.flatMap((found) => toListing(found) ?? []),
      next: URL.parse(next ?? "")?.searchParams.get("cursor") ?? null,
    };
  } catch (error) {
    return noneOr(error) ?? { models: [], next: null };
  }
}

/** The models of a collection; null when Replicate has none of that name. Throws `provider_unavailable`, `rate_limited`. */
export async function getCollection(
  userId: string,
  slug: string,
): Promise<(Collection & { models: Listing[] }) | null> {
  try {
    const { name, description, models = [] } = await collection(userId, slug);
    const listings = models.flatMap((found) => toListing(found) ?? []);
    return { slug, name, description: description ?? "", models: listings };
  } catch (error) {
    return noneOr(error);
  }
}

/** Replicate's collections; none when it does not answer soon: they are a convenience. */
export async function listCollections(): Promise<Collection[]> {
  const found = await soon(collections(null));
  return (found?.results ?? []).map(({ slug, name, description }) => ({ slug, name, description: description ?? "" }));
}

/** The catalogue as far as it runs here, with the covers and counts that Replicate tells soon enough. */
export async function listCatalogue() {
  return Promise.all(
    listEnabledModels().map(async ({ id, title, description, tool }) => {
      const found = await soon(model(null, id));
      const known = found && toListing(found);
      return { model: id, title, description, tool, cover: known?.cover ?? null, runs: known?.runs ?? null };
    }),
  );
}

/** Null for what does not exist; whatever else went wrong is Replicate's. */
function noneOr(error: unknown): null {
  if (!(error instanceof ReplicateError)) throw error;
  if (error.kind === "not_found" || error.kind === "refused") return null;
  throw unreachable(error);
}

async function soon<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, null);
  });
  const first = await Promise.race([answer.catch(() => null), enough]);
  clearTimeout(timer);
  return first;
}
