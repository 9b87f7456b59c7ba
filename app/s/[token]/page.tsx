import type { Metadata } from "next";
import { cache } from "react";
import { notFound } from "next/navigation";
import { describe } from "@/components/media/describe";
import { nounOf } from "@/components/media/kind";
import { SharedMediaPage } from "@/components/share/shared-media-page";
import { LegalLinks } from "@/components/shell/legal-links";
import { productName } from "@/lib/config";
import { getSharedMedia } from "@/lib/media/sharing/share";
import { modelTitle } from "@/lib/models/catalog";

type SharePageProps = PageProps<"/s/[token]">;

/**
 * Returns the shared file, or responds with 404. The result is cached during one request, because the page and its metadata both
 * need the file.
 */
const requireShared = cache(async (token: string) => (await getSharedMedia(token)) ?? notFound());

/** The title, description and image of link previews in messengers. */
export async function generateMetadata({ params }: SharePageProps): Promise<Metadata> {
  const { prompt, tool, model, kind, preview, poster_url: poster } = await requireShared((await params).token);
  const title = shorten(describe({ prompt, tool, subject: null, kind }), 70);
  const description = shorten(prompt, 200) || `Shared ${nounOf([kind])}, generated with ${modelTitle(model)}.`;
  const still = kind === "image" ? preview && { ...preview, type: "image/jpeg" } : poster && { url: poster };
  const images = still ? [{ ...still, alt: title }] : [];
  return {
    title,
    description,
    robots: { index: false, follow: false },
    referrer: "no-referrer",
    openGraph: { type: "website", siteName: productName, title, description, images },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

/** The public page of one file. It does not identify the owner. */
export default async function SharePage({ params }: SharePageProps) {
  const { token } = await params;
  const media = await requireShared(token);
  return (
    <SharedMediaPage media={media}>
      <div className="flex flex-wrap gap-x-5">
        {/* This link loads a full page. Client-side navigation would keep this page's security policy, which blocks images from
        Replicate. */}
        <a
          href={`/report/${token}`}
          rel="nofollow"
          className="inline-flex items-center underline decoration-edge underline-offset-4 hover:text-ink pointer-coarse:min-h-10"
        >
          Report this {nounOf([media.kind])}
        </a>
        <LegalLinks />
      </div>
    </SharedMediaPage>
  );
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join("")}…`;
}
