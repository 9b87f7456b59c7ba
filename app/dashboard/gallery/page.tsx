import type { Metadata } from "next";
import { Gallery } from "@/components/gallery/gallery";
import { GalleryTabs } from "@/components/gallery/gallery-tabs";
import { GalleryFilters } from "@/components/gallery/gallery-filters";
import { EmptyGallery } from "@/components/gallery/empty-gallery";
import { SearchField } from "@/components/gallery/search-field";
import { nounOf } from "@/components/media/kind";
import { PageHeader } from "@/components/shell/page-header";
import { plural } from "@/components/ui/format";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { getGalleryChoices, listMedia } from "@/lib/media/queries";
import { GalleryFilter, type GalleryMedia } from "@/lib/media/schema";
import { findItem, loadOlder } from "./load-items";

export const metadata: Metadata = { title: "Gallery" };

export default async function GalleryPage({ searchParams }: PageProps<"/dashboard/gallery">) {
  const { cursor, image, ...query } = await searchParams;
  const filter = GalleryFilter.parse(query);
  const user = await requirePageUser(pathWithQuery("/dashboard/gallery", { ...filter, cursor, image }));
  const [page, choices] = await Promise.all([
    listMedia(user.id, { filter, cursor: typeof cursor === "string" ? cursor : undefined }),
    getGalleryChoices(),
  ]);
  const { kinds } = choices;
  const hasMedia = kinds.length > 0;
  return (
    <div className="px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Gallery">
        {hasMedia || Object.values(filter).some(Boolean) ? (
          <SearchField filter={filter} found={countFound(page)} />
        ) : null}
      </PageHeader>
      <GalleryTabs current="Generated" />
      {hasMedia ? (
        <div className="mt-4">
          <GalleryFilters filter={filter} choices={choices} />
        </div>
      ) : null}
      <div className="mt-6">
        <Gallery
          key={JSON.stringify([user.id, filter, cursor])}
          first={page}
          filter={filter}
          loadOlder={loadOlder}
          findItem={findItem}
        >
          {page.results.length === 0 ? (
            <EmptyGallery filter={filter} kinds={kinds} isLastPage={typeof cursor === "string"} />
          ) : null}
        </Gallery>
      </div>
    </div>
  );
}

function countFound({ results, next }: { results: Pick<GalleryMedia, "kind">[]; next: string | null }) {
  if (results.length === 0) return "Nothing found";
  const noun = nounOf(results.map(({ kind }) => kind));
  return next ? `More than ${results.length} ${noun}s found` : `${plural(results.length, noun)} found`;
}
