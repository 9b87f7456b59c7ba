import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import { pathWith } from "@/components/ui/path-with";
import type { GalleryFilter } from "@/lib/media/schema";

const path = "/dashboard/gallery";

type EmptyGalleryProps = { filter: GalleryFilter; hasImages: boolean; isLastPage: boolean };

/** Explains why no images are shown. `hasImages`: whether the user has any images at all. */
export function EmptyGallery({ filter, hasImages, isLastPage }: EmptyGalleryProps) {
  const { q, favorites, ...details } = filter;
  const isFiltered = Object.values(details).some(Boolean);
  if (!hasImages) {
    return (
      <EmptyState title="No images yet" href="/dashboard/generate" action="Generate an image" isPrimary>
        Every image you generate is saved here.
      </EmptyState>
    );
  }
  if (isLastPage) {
    return (
      <EmptyState title="No older images" href={pathWith(path, filter)} action="Show the newest images">
        You have reached the end of this list.
      </EmptyState>
    );
  }
  if (q && !favorites && !isFiltered) {
    return (
      <EmptyState title={`No images match “${q}”`} href={path} action="Show all images">
        All words must be in the prompt. The beginning of a word is enough.
      </EmptyState>
    );
  }
  if (favorites && !q && !isFiltered) {
    return (
      <EmptyState title="No favorites yet" href={path} action="Show all images">
        Open an image and press Favorite to find it here again.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No images match" href={path} action="Show all images">
      Try fewer words or filters
      {q ? ", or " : null}
      {q ? (
        <Link href={pathWith(path, { q })} className="text-ink underline decoration-edge underline-offset-4">
          search all images for “{q}”
        </Link>
      ) : null}
      .
    </EmptyState>
  );
}
