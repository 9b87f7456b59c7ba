import type { Metadata } from "next";
import { Collections } from "@/components/models/collections";
import { ModelSearch } from "@/components/models/model-search";
import { ModelShelf } from "@/components/models/model-shelf";
import { NoModels } from "@/components/models/no-models";
import { PageHeader } from "@/components/shell/page-header";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getCollection, listCatalogue, listCollections, searchModels } from "@/lib/models/browse";
import { typicalSeconds } from "@/lib/predictions/rows";

export const metadata: Metadata = { title: "Models" };

type ModelsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The catalogue; `?q=` what Replicate's search finds, `?collection=` one of its collections. */
export default async function ModelsPage({ searchParams }: ModelsPageProps) {
  const { id: userId } = await requirePageUser("/dashboard/models");
  const parameters = await searchParams;
  const [query, slug, cursor] = [parameters.q, parameters.collection, parameters.cursor].map((value) =>
    typeof value === "string" ? value.trim() : "",
  );
  const collections = await listCollections();
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Models" about="Each does one thing well, and draws its own form in Generate.">
        <ModelSearch query={query ?? ""} />
      </PageHeader>
      <Collections collections={collections} current={query ? null : (slug ?? "")} />
      {query ? (
        <Found userId={userId} query={query} cursor={cursor || null} />
      ) : slug ? (
        <OfCollection userId={userId} slug={slug} />
      ) : (
        <Catalogue />
      )}
    </div>
  );
}

async function Catalogue() {
  const models = await Promise.all(
    (await listCatalogue()).map(async (entry) => ({
      ...entry,
      isAvailable: true,
      seconds: await typicalSeconds(entry.model),
    })),
  );
  return (
    <>
      <ModelShelf title="Make an image" models={models.filter(({ tool }) => tool === "generate")} />
      <ModelShelf title="Work on an image" models={models.filter(({ tool }) => tool !== "generate")} />
    </>
  );
}

async function Found({ userId, query, cursor }: { userId: string; query: string; cursor: string | null }) {
  const page = await searchModels(userId, query, cursor).catch(reasonFor);
  if (typeof page === "string") return <NoModels reason={page} />;
  if (page.models.length === 0) return <NoModels reason={cursor ? "end" : "none"} />;
  const more = page.next ? `/dashboard/models?${new URLSearchParams({ q: query, cursor: page.next })}` : null;
  return <ModelShelf title={`Found on Replicate for “${query}”`} models={page.models} more={more} />;
}

async function OfCollection({ userId, slug }: { userId: string; slug: string }) {
  const found = await getCollection(userId, slug).catch(reasonFor);
  if (typeof found === "string") return <NoModels reason={found} />;
  if (!found || found.models.length === 0) return <NoModels reason="none" />;
  return <ModelShelf title={found.name} about={found.description} models={found.models} />;
}

/** That Replicate does not answer, or is asked too much, is said on the page; anything else is the page's own failure. */
function reasonFor(error: unknown) {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "rate_limited") return "hasty";
  if (error.code === "provider_unavailable") return "unreachable";
  throw error;
}
