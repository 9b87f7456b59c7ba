import type { Metadata } from "next";
import Link from "next/link";
import { Gallery } from "@/components/gallery/gallery";
import { SearchField } from "@/components/gallery/search-field";
import { Empty } from "@/components/shell/empty";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { requirePageUser } from "@/lib/auth";
import { listImages } from "@/lib/images/queries";
import { loadOlder } from "./actions";

export const metadata: Metadata = { title: "Gallery" };

type GalleryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GalleryPage({ searchParams }: GalleryPageProps) {
  const user = await requirePageUser("/dashboard/gallery");
  const { q, cursor } = await searchParams;
  const query = typeof q === "string" ? q.trim() : "";
  const page = await listImages(user.id, { query, cursor: typeof cursor === "string" ? cursor : undefined });
  return (
    <div className="px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Gallery">
        <SearchField query={query} />
      </PageHeader>
      <div className="mt-8">
        {page.results.length > 0 ? (
          <Gallery key={`${query} ${String(cursor)}`} first={page} query={query} loadOlder={loadOlder} />
        ) : query ? (
          <Empty title="No prompt has these words" action={<All />}>
            Whole words count, in any order.
          </Empty>
        ) : (
          <Empty title={cursor ? "Nothing older" : "No pictures yet"} action={cursor ? <All /> : <Make />}>
            Every picture you make is kept here.
          </Empty>
        )}
      </div>
    </div>
  );
}

function All() {
  return (
    <Link href="/dashboard/gallery" className={buttonClass()}>
      Show all pictures
    </Link>
  );
}

function Make() {
  return (
    <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
      Make a picture
    </Link>
  );
}
