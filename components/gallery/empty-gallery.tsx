import Link from "next/link";
import { Empty } from "@/components/shell/empty-state";
import { buttonClass } from "@/components/ui/button";
import type { GalleryFilter } from "@/lib/media/schema";
import { galleryAddress } from "./gallery-address";

/** Says why none of the person's images is shown, and leads to some. */
export function EmptyGallery({ filter, isEnd }: { filter: GalleryFilter; isEnd: boolean }) {
  const { q, favorites, ...details } = filter;
  const hasDetails = Object.values(details).some(Boolean);
  if (isEnd) {
    return (
      <Empty title="Nothing older" action={<Way href={galleryAddress(filter)}>Show the newest</Way>}>
        This is where these images begin.
      </Empty>
    );
  }
  if (q && !favorites && !hasDetails) {
    return (
      <Empty title="No prompt has these words" action={<Way href="/dashboard/gallery">Show all images</Way>}>
        Each word has to be there, or the beginning of it, in any order.
      </Empty>
    );
  }
  if (favorites && !q && !hasDetails) {
    return (
      <Empty title="No favorites yet" action={<Way href="/dashboard/gallery">Show all images</Way>}>
        Open an image and press Favorite to find it here again.
      </Empty>
    );
  }
  return (
    <Empty title="No image is like this" action={<Way href="/dashboard/gallery">Show all images</Way>}>
      Try fewer words or conditions
      {q ? (
        <>
          , or <SearchEverywhere q={q} />
        </>
      ) : null}
      .
    </Empty>
  );
}

function SearchEverywhere({ q }: { q: string }) {
  return (
    <Link href={galleryAddress({ q })} className="text-ink underline decoration-edge underline-offset-4">
      look through all images for these words
    </Link>
  );
}

function Way({ href, children }: { href: ReturnType<typeof galleryAddress>; children: string }) {
  return (
    <Link href={href} className={buttonClass()}>
      {children}
    </Link>
  );
}
