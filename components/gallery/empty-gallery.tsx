import Link from "next/link";
import { nounOf } from "@/components/media/kind";
import { EmptyState } from "@/components/shell/empty-state";
import { pathWithQuery } from "@/components/ui/path-with-query";
import type { GalleryFilter, MediaKind } from "@/lib/media/schema";

const path = "/dashboard/gallery";

type EmptyGalleryProps = {
  filter: GalleryFilter;
  /** The kinds of files that the user has. */
  kinds: MediaKind[];
  isLastPage: boolean;
};

export function EmptyGallery({ filter, kinds, isLastPage }: EmptyGalleryProps) {
  const { q, favorites, ...details } = filter;
  const isFiltered = Object.values(details).some(Boolean);
  const noun = nounOf(filter.kind ? [filter.kind] : kinds);
  const showAll = `Show all ${nounOf(kinds)}s`;
  if (kinds.length === 0) {
    return (
      <EmptyState title="Nothing saved yet" href="/dashboard/generate" action="Generate an image" isPrimary>
        Everything you generate is saved here.
      </EmptyState>
    );
  }
  if (isLastPage) {
    return (
      <EmptyState title={`No older ${noun}s`} href={pathWithQuery(path, filter)} action={`Show the newest ${noun}s`}>
        You have reached the end of this list.
      </EmptyState>
    );
  }
  if (q && !favorites && !isFiltered) {
    return (
      <EmptyState title={`No ${noun}s match “${q}”`} href={path} action={showAll}>
        The search finds prompts that contain every word you typed. The beginning of a word is enough.
      </EmptyState>
    );
  }
  if (favorites && !q && !isFiltered) {
    return (
      <EmptyState title="No favorites yet" href={path} action={showAll}>
        Open {noun === "image" ? "an" : "a"} {noun} and press Favorite to find it here again.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`No ${noun}s match`} href={path} action={showAll}>
      Try fewer words or filters
      {q ? ", or " : null}
      {q ? (
        <Link href={pathWithQuery(path, { q })} className="text-ink underline decoration-edge underline-offset-4">
          search all {nounOf(kinds)}s for “{q}”
        </Link>
      ) : null}
      .
    </EmptyState>
  );
}
