import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import type { Listing } from "@/lib/models/schema";
import { Cover } from "./cover";
import { ModelFacts } from "./model-facts";

/** `seconds`: how long it usually takes here. */
export type ModelCardProps = Omit<Listing, "runs"> & { runs: number | null; seconds?: number | null };

/** A model in a list. Its title leads to its page, "Use" to its form. */
export function ModelCard({ model, title, description, cover, runs, isAvailable, seconds = null }: ModelCardProps) {
  return (
    <li className="relative flex flex-col overflow-hidden rounded border bg-surface transition-colors hover:border-edge">
      <Cover url={cover} className="aspect-[16/9] border-b" />
      <div className="flex flex-1 flex-col p-5">
        <h3 className="text-[15px] font-medium break-words">
          <Link href={{ pathname: `/dashboard/models/${model}` }} className="after:absolute after:inset-0">
            {title}
          </Link>
        </h3>
        <p className="mt-1 truncate font-mono text-[12px] text-muted">{model}</p>
        {description ? <p className="mt-3 line-clamp-3 text-pretty text-muted">{description}</p> : null}
        <div className="mt-auto flex flex-wrap items-center justify-between gap-3 pt-5">
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
