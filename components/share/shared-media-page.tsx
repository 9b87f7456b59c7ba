import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { describe } from "@/components/media/describe";
import { typeOf } from "@/components/media/files/file-facts";
import { nounOf } from "@/components/media/kind";
import { MediaView } from "@/components/media/media-view";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button-class";
import { formatDuration } from "@/components/ui/format";
import type { SharedMedia } from "@/lib/media/schema";
import { productName } from "@/lib/config";
import { modelTitle } from "@/lib/models/catalog";

const home = "/";

/** A shared file with its prompt, and links at the bottom. The page works without JavaScript. */
export function SharedMediaPage({ media, children }: { media: SharedMedia; children?: ReactNode }) {
  const { url, download_url, prompt, alt, tool, model, kind, width, height, duration_ms: duration, poster_url } = media;
  const noun = nounOf([kind]);
  // `subject` would be the prompt of another image. That image is not shared, so `subject` is null here.
  const words = describe({ prompt, tool, subject: null, kind });
  const facts = [
    { name: "Model", value: <span title={model}>{modelTitle(model)}</span> },
    ...(kind === "image" ? [] : [{ name: "Type", value: typeOf(media) }]),
    ...(duration === null ? [] : [{ name: "Duration", value: formatDuration(duration) }]),
    ...(width && height ? [{ name: "Size", value: `${width} × ${height}` }] : []),
  ];
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center px-4 md:px-8">
        {/* This link loads a full page. Client-side navigation would keep this page's security policy, which blocks images
            from Replicate. */}
        <a href={home} aria-label={`${productName}, start page`} className="inline-flex h-10 items-center rounded">
          <Wordmark />
        </a>
      </header>
      <main className="mx-auto flex w-fit max-w-full min-w-[min(100%,26rem)] flex-1 flex-col items-start gap-6 px-4 pb-10 md:gap-8 md:px-8">
        <MediaView
          media={{ ...media, id: null, src: url, thumb: poster_url }}
          label={alt ?? words}
          className="h-auto max-h-[calc(100dvh-15rem)] min-h-40 w-auto max-w-full rounded-sm bg-raised max-md:max-h-none"
        />
        {/* This part is only as wide as the file, so that long text does not make the page wider. */}
        <div className="flex w-0 min-w-full flex-col gap-4">
          <div>
            <p className="text-[13px] text-muted">Shared {noun}</p>
            <h1 className="mt-1 max-h-60 max-w-[68ch] overflow-y-auto text-[17px] leading-relaxed text-pretty break-words whitespace-pre-wrap">
              <bdi>{words}</bdi>
            </h1>
          </div>
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
            <dl className="flex min-w-0 flex-wrap gap-x-5 gap-y-1 font-mono text-xs text-muted tabular-nums">
              {facts.map(({ name, value }) => (
                <div key={name} className="first:font-sans">
                  <dt className="sr-only">{name}</dt>
                  <dd className="break-words">{value}</dd>
                </div>
              ))}
            </dl>
            <a href={download_url} download className={buttonClass()}>
              <Download aria-hidden className="size-4" /> Download
            </a>
          </div>
        </div>
      </main>
      <footer className="flex flex-wrap justify-between gap-x-8 gap-y-3 border-t px-4 py-5 text-[13px] text-muted md:px-8">
        <p>
          Generated with {productName}. The owner shared this {noun} by link and can make it private again.
        </p>
        {children}
      </footer>
    </div>
  );
}
