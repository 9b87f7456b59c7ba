import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import type { ModelDetails } from "@/lib/models/listing";
import { ModelCover } from "./model-card";
import { TakesAndMakes } from "./takes-and-makes";

type ModelHeaderProps = {
  details: ModelDetails;
  /** The version that the URL of the page names, if any. */
  pinned: string | null;
};

/** The header of a model's page, with a link to its form in Generate. */
export function ModelHeader({ details, pinned }: ModelHeaderProps) {
  const { model, title, description, cover, isAvailable, kinds, links } = details;
  return (
    <header className="grid gap-6 md:grid-cols-[minmax(0,1fr)_20rem] md:gap-12">
      <div className="flex flex-col items-start">
        <Link
          href="/dashboard/models"
          className="inline-flex items-center text-[13px] text-muted hover:text-ink pointer-coarse:min-h-10 pointer-coarse:min-w-10"
        >
          <ChevronLeft aria-hidden className="-ml-1 size-4" /> Models
        </Link>
        <h1 className="mt-2 max-w-full text-2xl font-medium tracking-tight break-words">{title}</h1>
        <p className="mt-1 max-w-full truncate font-mono text-[12px] text-muted">{model}</p>
        {description ? <p className="mt-4 max-w-prose text-pretty text-muted">{description}</p> : null}
        <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
          {kinds ? <TakesAndMakes {...kinds} /> : null}
          {[{ label: "Open on Replicate", url: `https://replicate.com/${model}` }, ...links].map(({ label, url }) => (
            <a
              key={label}
              href={url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center text-[13px] text-muted underline underline-offset-4 hover:text-ink pointer-coarse:min-h-10 pointer-coarse:min-w-10"
            >
              {label}
            </a>
          ))}
        </div>
        <div className="mt-6">
          {isAvailable ? (
            <Link
              href={{ pathname: "/dashboard/generate", query: { model: pinned ? `${model}:${pinned}` : model } }}
              className={buttonClass({ variant: "primary" })}
            >
              {pinned ? "Use this version" : "Use in Generate"}
            </Link>
          ) : (
            <p className="rounded border border-dashed px-4 py-2.5 text-[13px] text-muted">
              Not available here. The operator of this site decides which models can run.
            </p>
          )}
        </div>
      </div>
      <ModelCover url={cover} className="aspect-square rounded max-md:hidden" />
    </header>
  );
}
