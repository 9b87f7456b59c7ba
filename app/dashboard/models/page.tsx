import type { Metadata } from "next";
import { Collections } from "@/components/models/collections";
import { ModelSearch } from "@/components/models/model-search";
import { ModelShelf } from "@/components/models/model-shelf";
import { NoModels } from "@/components/models/no-models";
import { PageHeader } from "@/components/shell/page-header";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { getCollection, listFeatured, listCollections, searchModels } from "@/lib/models/browse";
import { getTypicalSeconds } from "@/lib/predictions/rows";
import { noModelsReason } from "./no-models-reason";

export const metadata: Metadata = { title: "Models" };

/**
 * Shows the featured models. With `?q=`, it shows Replicate's search results; with `?collection=`, one of Replicate's
 * collections.
 */
export default async function ModelsPage({ searchParams }: PageProps<"/dashboard/models">) {
  const params = await searchParams;
  const { id: userId } = await requirePageUser(pathWithQuery("/dashboard/models", params));
  const [query = "", slug = "", cursor = ""] = [params.q, params.collection, params.cursor].map((value) =>
    typeof value === "string" ? value.trim() : "",
  );
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Models" about="Choose a model. Its settings then appear in Generate.">
        <ModelSearch query={query} />
      </PageHeader>
      <Collections collections={await listCollections()} current={query ? null : slug} />
      {query ? (
        <SearchResults userId={userId} query={query} cursor={cursor || null} />
      ) : slug ? (
        <CollectionModels userId={userId} slug={slug} />
      ) : (
        <FeaturedModels />
      )}
    </div>
  );
}

async function FeaturedModels() {
  const models = await Promise.all(
    (await listFeatured()).map(async (entry) => ({
      ...entry,
      isAvailable: true,
      seconds: await getTypicalSeconds(entry.model),
    })),
  );
  return (
    <>
      <ModelShelf title="Generate an image" models={models.filter(({ tool }) => tool === "generate")} />
      <ModelShelf title="Edit an image" models={models.filter(({ tool }) => tool !== "generate")} />
    </>
  );
}

async function SearchResults({ userId, query, cursor }: { userId: string; query: string; cursor: string | null }) {
  const page = await searchModels(userId, query, cursor).catch(noModelsReason);
  if (typeof page === "string") return <NoModels reason={page} />;
  if (page.models.length === 0) return <NoModels reason={cursor ? "end" : "none"} />;
  const more = page.next ? `/dashboard/models?${new URLSearchParams({ q: query, cursor: page.next })}` : null;
  return <ModelShelf title={`Found on Replicate for “${query}”`} models={page.models} more={more} />;
}

async function CollectionModels({ userId, slug }: { userId: string; slug: string }) {
  const collection = await getCollection(userId, slug).catch(noModelsReason);
  if (typeof collection === "string") return <NoModels reason={collection} />;
  if (!collection || collection.models.length === 0) return <NoModels reason="none" />;
  return <ModelShelf title={collection.name} about={collection.description} models={collection.models} />;
}
