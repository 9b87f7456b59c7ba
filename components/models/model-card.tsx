import Link from "next/link";
import { Mark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button-class";
import { formatSeconds } from "@/components/ui/format";
import type { Listing } from "@/lib/models/listing";
import { TakesAndMakes } from "./takes-and-makes";
import { priceInWords } from "./price-in-words";

/** `seconds`: how long a run of the model usually takes in this installation (s). */
export type ListedModel = Listing & { seconds?: number | undefined };

/** A model in a list. The title links to the page of the model, and "Use" links to Generate. */
export function ModelCard({ listing }: { listing: ListedModel }) {
  const { model, title, description, cover, runs, isAvailable, kinds, price, seconds } = listing;
  return (
    <li className="relative flex flex-col overflow-hidden rounded border bg-surface transition-colors hover:border-edge">
      <ModelCover url={cover} className="aspect-[16/9] border-b" />
      <div className="flex flex-1 flex-col p-5">
        <h3 className="text-[15px] font-medium break-words">
          <Link href={{ pathname: `/dashboard/models/${model}` }} className="after:absolute after:inset-0">
            {title}
          </Link>
        </h3>
        <p className="mt-1 truncate font-mono text-[12px] text-muted">{model}</p>
        {description ? <p className="mt-3 line-clamp-3 text-pretty text-muted">{description}</p> : null}
        <div className="mt-auto flex flex-col gap-2 pt-4">
          {kinds ? <TakesAndMakes {...kinds} /> : null}
          <p className="text-[12px] text-pretty text-muted first-letter:uppercase">{priceInWords(price)}</p>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 pt-4">
          {isAvailable ? (
            <Link
              href={{ pathname: "/dashboard/generate", query: { model } }}
              aria-label={`Use ${title}`}
              className={`relative ${buttonClass({ size: "sm" })}`}
            >
              Use
            </Link>
          ) : (
            <span className="text-[13px] text-muted">Not available here</span>
          )}
          <ModelFacts runs={runs} seconds={seconds} />
        </div>
      </div>
    </li>
  );
}

/** The cover image of a model. Behind it is a logo, which is visible if there is no cover, or until the cover has loaded. */
export function ModelCover({ url, className }: { url: string | null; className: string }) {
  return (
    <div className={`relative grid place-items-center overflow-hidden bg-raised ${className}`}>
      <Mark className="size-8 text-edge opacity-50" />
      {url ? (
        <img src={url} alt="" loading="lazy" decoding="async" className="absolute inset-0 size-full object-cover" />
      ) : null}
    </div>
  );
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** How long a run of the model usually takes in this installation (s), and how often the model has run on Replicate. */
export function ModelFacts({ runs, seconds }: { runs: number | null; seconds: number | undefined }) {
  const facts = [
    seconds === undefined ? null : `usually ${formatSeconds(seconds)}`,
    runs === null ? null : `${compact.format(runs)} runs`,
  ].filter((fact) => fact !== null);
  if (facts.length === 0) return null;
  return <p className="font-mono text-[12px] text-muted tabular-nums">{facts.join(" · ")}</p>;
}
