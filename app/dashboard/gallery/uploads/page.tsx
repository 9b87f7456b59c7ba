import type { Metadata } from "next";
import { GalleryTabs } from "@/components/gallery/gallery-tabs";
import { Uploads } from "@/components/gallery/uploads/uploads";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHeader } from "@/components/shell/page-header";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { listUploads } from "@/lib/media/uploads/rows";

export const metadata: Metadata = { title: "Uploads" };

export default async function UploadsPage({ searchParams }: PageProps<"/dashboard/gallery/uploads">) {
  const query = await searchParams;
  const cursor = typeof query.cursor === "string" ? query.cursor : undefined;
  const user = await requirePageUser(pathWithQuery("/dashboard/gallery/uploads", { cursor }));
  const page = await listUploads(user.id, { cursor });
  return (
    <div className="px-4 py-8 md:px-10 md:py-12">
      <PageHeader
        title="Gallery"
        about="Files that you added in Generate or sent with the API. In Generate, hidden data, such as the place where a photo was taken, is removed from images and from MP4, MOV and M4A files. The API keeps files as they are. Each file is deleted two weeks after you last use it."
      />
      <GalleryTabs current="Uploads" />
      <div className="mt-6">
        <Uploads key={`${user.id} ${cursor}`} first={page}>
          <EmptyState title="No uploads" href="/dashboard/generate" action="Generate an image">
            Files that you add in Generate are kept here, so that you can use them again.
          </EmptyState>
        </Uploads>
      </div>
    </div>
  );
}
