import { Download } from "lucide-react";
import { describe } from "@/components/media/describe";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button";
import type { SharedMedia } from "@/lib/media/schema";
import { productName } from "@/lib/config";
import { modelTitle } from "@/lib/models/title";

const home = "/";

/** A shared image with its prompt. The page works without JavaScript. */
export function SharedImagePage({ image }: { image: SharedMedia }) {
  const { url, download_url, prompt, tool, model, width, height } = image;
  // `subject` is the prompt of another image, and that image is not shared.
  const words = describe({ prompt, tool, subject: null });
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center px-4 md:px-8">
        {/* Loads a new document, because the policy of this one allows no images from Replicate. */}
        <a href={home} aria-label={`${productName}, start page`} className="inline-flex h-10 items-center rounded">
          <Wordmark />
        </a>
      </header>
      <main className="mx-auto flex w-fit max-w-full min-w-[min(100%,26rem)] flex-1 flex-col items-start gap-6 px-4 pb-10 md:gap-8 md:px-8">
        {width && height ? (
          <img
            src={url}
            alt={words}
            width={width}
            height={height}
            className="h-auto max-h-[calc(100dvh-15rem)] min-h-40 w-auto max-w-full rounded-sm bg-raised object-contain max-md:max-h-none"
          />
        ) : (
          <p className="grid min-h-40 w-full place-content-center rounded-sm border border-dashed p-6 text-center text-sm text-muted">
            This file cannot be shown. Download it to open it elsewhere.
          </p>
        )}
        {/* As wide as the image: long text does not make the page wider. */}
        <div className="flex w-0 min-w-full flex-col gap-4">
          <h1 className="max-h-60 max-w-[68ch] overflow-y-auto text-[17px] leading-relaxed text-pretty break-words whitespace-pre-wrap">
            <bdi>{words}</bdi>
          </h1>
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
            <dl className="flex min-w-0 flex-wrap gap-x-5 gap-y-1 font-mono text-xs text-muted tabular-nums">
              <div>
                <dt className="sr-only">Model</dt>
                <dd title={model} className="font-sans break-words">
                  {modelTitle(model)}
                </dd>
              </div>
              {width && height ? (
                <div>
                  <dt className="sr-only">Size</dt>
                  <dd>
                    {width} × {height}
                  </dd>
                </div>
              ) : null}
            </dl>
            <a href={download_url} download className={buttonClass()}>
              <Download aria-hidden className="size-4" /> Download
            </a>
          </div>
        </div>
      </main>
      <footer className="border-t px-4 py-5 text-[13px] text-muted md:px-8">
        Generated with {productName}. The owner shared this image by link and can make it private again.
      </footer>
    </div>
  );
}
