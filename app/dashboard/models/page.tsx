import type { Metadata } from "next";
import { Collections, ModelFilters, type ModelsQuery } from "@/components/models/model-filters";
import { ModelSearch } from "@/components/models/model-search";
import { ModelList, MoreModels } from "@/components/models/model-list";
import { NoModels } from "@/components/models/no-models";
import { PageHeader } from "@/components/shell/page-header";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { getCollection, listFeatured, listCollections, searchModels } from "@/lib/models/browse";
import type { Listing } from "@/lib/models/listing";
import { parseModelFilter, passesFilter } from "@/lib/models/model-filter";
import { tasks } from "@/lib/models/tasks";
import { listTypicalSeconds } from "@/lib/models/typical-seconds";
import { noModelsReason } from "./no-models-reason";

export const metadata: Metadata = { title: "Models" };

const path = "/dashboard/models";

/**
 * Shows the featured models, grouped by task. With `?q=`, shows Replicate's search results instead. With `?collection=`, shows one
 * of Replicate's collections instead. `?makes=` and `?takes=` filter the models that are shown.
 */
export default async function ModelsPage({ searchParams }: PageProps<"/dashboard/models">) {
  const params = await searchParams;
  const { id: userId } = await requirePageUser(pathWithQuery(path, params));
  const [q, collection, cursor] = [params.q, params.collection, params.cursor].map((value) =>
    typeof value === "string" ? value.trim() : "",
  );
  const query = { ...parseModelFilter(params), ...(q ? { q } : collection ? { collection } : {}) };
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Models" about="Choose a model. Its settings then appear in Generate.">
        <ModelSearch query={query} />
      </PageHeader>
      <ModelFilters query={query} />
      <Collections collections={await listCollections()} query={query} />
      {q ? (
        <SearchResults userId={userId} words={q} query={query} cursor={cursor || null} />
      ) : collection ? (
        <CollectionModels userId={userId} slug={collection} query={query} />
      ) : (
        <FeaturedModels query={query} />
      )}
    </div>
  );
}

async function FeaturedModels({ query }: { query: ModelsQuery }) {
  const models = await selectModels(await listFeatured(), query);
  if (models.length === 0) {
    const words = [query.takes, query.makes].filter(Boolean).join(" to ");
    const href = pathWithQuery(path, { ...query, q: words });
    return <NoModels reason="filtered" href={href} action={`Search Replicate for “${words}”`} />;
  }
  return Object.entries(tasks).map(([task, { title }]) => (
    <ModelList key={task} title={title} models={models.filter((entry) => entry.task === task)} />
  ));
}

type SearchResultsProps = { userId: string; words: string; query: ModelsQuery; cursor: string | null };

async function SearchResults({ userId, words, query, cursor }: SearchResultsProps) {
  const page = await searchModels(userId, words, cursor).catch(noModelsReason);
  if (typeof page === "string") return <NoModels reason={page} />;
  if (page.models.length === 0) return <NoModels reason={cursor ? "end" : "none"} />;
  const models = await selectModels(page.models, query);
  return (
    <>
      {models.length === 0 ? (
        <NoModels reason="filtered" href={pathWithQuery(path, { q: words })} action="Show all results" />
      ) : (
        <ModelList title={`Found on Replicate for “${words}”`} models={models} />
      )}
      {page.next ? <MoreModels href={pathWithQuery(path, { ...query, cursor: page.next })} /> : null}
    </>
  );
}

async function CollectionModels({ userId, slug, query }: { userId: string; slug: string; query: ModelsQuery }) {
  const collection = await getCollection(userId, slug).catch(noModelsReason);
  if (typeof collection === "string") return <NoModels reason={collection} />;
  if (!collection || collection.models.length === 0) return <NoModels reason="none" />;
  const models = await selectModels(collection.models, query);
  if (models.length === 0) {
    return <NoModels reason="filtered" href={pathWithQuery(path, { collection: slug })} action="Show all models" />;
  }
  return <ModelList title={collection.name} about={collection.description} models={models} />;
}

/** Returns the models that pass the filter, each with its typical run time (s). */
async function selectModels<Entry extends Listing>(models: Entry[], filter: ModelsQuery) {
  const selected = models.filter(({ kinds }) => passesFilter(filter, kinds));
  const seconds = await listTypicalSeconds(selected.map(({ model }) => model));
  return selected.map((entry) => ({ ...entry, seconds: seconds[entry.model] }));
}
