import Link from "next/link";
import { EmptyState } from "@/components/shell/empty-state";
import { buttonClass } from "@/components/ui/button";
import { pathWith } from "@/components/ui/format";
import type { GalleryFilter } from "@/lib/media/schema";

const path = "/dashboard/gallery";

type EmptyGalleryProps = { filter: GalleryFilter; hasImages: boolean; isLastPage: boolean };

/** Says why no image is shown. `hasImages`: the user has images, but none on this page. */
export function EmptyGallery({ filter, hasImages, isLastPage }: EmptyGalleryProps) {
  const { q, favorites, ...details } = filter;
  const isFiltered = Object.values(details).some(Boolean);
  const showAll = (
    <Link href={path} className={buttonClass()}>
      Show all images
    </Link>
  );
  if (!hasImages) {
    const makeOne = (
      <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
        Make an image
      </Link>
    );
    return (
      <EmptyState title="No images yet" action={makeOne}>
        Every image you make is saved here.
      </EmptyState>
    );
  }
  if (isLastPage) {
    const showNewest = (
      <Link href={pathWith(path, filter)} className={buttonClass()}>
        Show the newest
      </Link>
    );
    return (
      <EmptyState title="No older images" action={showNewest}>
        You have reached the end of this list.
      </EmptyState>
    );
  }
  if (q && !favorites && !isFiltered) {
    return (
      <EmptyState title={`No images match “${q}”`} action={showAll}>
        All words must be in the prompt. The beginning of a word is enough.
      </EmptyState>
    );
  }
  if (favorites && !q && !isFiltered) {
    return (
      <EmptyState title="No favorites yet" action={showAll}>
        Open an image and press Favorite to find it here again.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No images match" action={showAll}>
      Try fewer words or filters
      {q ? (
        <>
          , or{" "}
          <Link href={pathWith(path, { q })} className="text-ink underline decoration-edge underline-offset-4">
            search all images for “{q}”
          </Link>
        </>
      ) : null}
      .
    </EmptyState>
  );
}
