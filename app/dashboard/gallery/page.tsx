import type { Metadata } from "next";
import Link from "next/link";
import { Gallery } from "@/components/gallery/gallery";
import { galleryAddress, isFiltered } from "@/components/gallery/gallery-address";
import { GalleryFilters } from "@/components/gallery/gallery-filters";
import { EmptyGallery } from "@/components/gallery/empty-gallery";
import { SearchField } from "@/components/gallery/search-field";
import { withOpenItem } from "@/components/media/paths";
import { Empty } from "@/components/shell/empty-state";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { requirePageUser } from "@/lib/auth";
import { galleryChoices, listMedia } from "@/lib/media/queries";
import { GalleryFilter } from "@/lib/media/schema";
import { listEnabledModels } from "@/lib/models/allowed";
import { findItem, loadOlder } from "./actions";

export const metadata: Metadata = { title: "Gallery" };

type GalleryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GalleryPage({ searchParams }: GalleryPageProps) {
  const { cursor: place, image, ...asked } = await searchParams;
  const filter = GalleryFilter.parse(asked);
  const cursor = typeof place === "string" ? place : undefined;
  const user = await requirePageUser(withOpenItem(galleryAddress(filter, cursor), image));
  const [page, choices] = await Promise.all([listMedia(user.id, { filter, cursor }), galleryChoices()]);
  const hasMedia = choices.models.length > 0;
  return (
    <div className="px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Gallery">
        {hasMedia || isFiltered(filter) ? <SearchField filter={filter} found={tellFound(page)} /> : null}
      </PageHeader>
      {hasMedia ? (
        <div className="mt-4">
          <GalleryFilters filter={filter} choices={choices} />
        </div>
      ) : null}
      <div className="mt-6">
        <Gallery
          key={`${user.id} ${galleryAddress(filter, cursor)}`}
          first={page}
          filter={filter}
          upscaler={listEnabledModels().find(({ tool }) => tool === "upscale")?.id ?? null}
          loadOlder={loadOlder}
          findItem={findItem}
        >
          {page.results.length > 0 ? null : hasMedia ? (
            <EmptyGallery filter={filter} isEnd={cursor !== undefined} />
          ) : (
            <Empty
              title="No images yet"
              action={
                <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
                  Make an image
                </Link>
              }
            >
              Every image you make is kept here.
            </Empty>
          )}
        </Gallery>
      </div>
    </div>
  );
}

function tellFound({ results, next }: { results: unknown[]; next: string | null }) {
  const count = results.length;
  if (count === 0) return "No images";
  return next ? `More than ${count} images` : count === 1 ? "1 image" : `${count} images`;
}
