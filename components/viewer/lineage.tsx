import { SquareSplitHorizontal } from "lucide-react";
import { describe } from "@/components/media/describe";
import { openInPlace } from "@/components/media/open-in-address";
import type { MediaItem } from "@/components/media/item";
import { Button } from "@/components/ui/button";
import type { Family } from "./use-lineage";

type LineageProps = {
  family: Family;
  onOpen: (item: MediaItem) => void;
  isComparing: boolean;
  onCompare: (isComparing: boolean) => void;
};

/** What an image was made from and what was made from it, small; each opens in the viewer. */
export function Lineage({ family: { parents, children }, onOpen, isComparing, onCompare }: LineageProps) {
  return (
    <>
      {parents.length > 0 ? (
        <div className="flex flex-col items-start gap-3">
          <Relatives title="Made from" items={parents} onOpen={onOpen} />
          <Button aria-pressed={isComparing} onClick={() => onCompare(!isComparing)}>
            <SquareSplitHorizontal aria-hidden className="size-4" /> Before and after
          </Button>
        </div>
      ) : null}
      {children.length > 0 ? <Relatives title="Made from this" items={children} onOpen={onOpen} /> : null}
    </>
  );
}

type RelativesProps = { title: string; items: MediaItem[]; onOpen: (item: MediaItem) => void };

function Relatives({ title, items, onOpen }: RelativesProps) {
  return (
    <section aria-label={title} className="max-w-full">
      <h2 className="text-[13px] text-muted">{title}</h2>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {items.map((item) => (
          <li key={item.key}>
            <a
              href={item.src}
              title={describe(item)}
              className="block size-16 overflow-hidden rounded-sm bg-raised transition-opacity hover:opacity-90"
              onClick={(event) => openInPlace(event, () => onOpen(item))}
            >
              <img src={item.thumb} alt={describe(item)} decoding="async" className="size-full object-cover" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
