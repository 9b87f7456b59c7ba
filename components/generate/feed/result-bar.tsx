"use client";

import { Download, Maximize2, Shuffle, Sprout, WandSparkles } from "lucide-react";
import type { ItemChange } from "@/components/media/item-changes";
import { Button, buttonClass } from "@/components/ui/button";
import type { MediaItem } from "@/components/media/item";
import { SavedActions } from "./saved-actions";
import { whyNotUpscale } from "@/components/viewer/upscale-limit";

type ResultBarProps = {
  item: MediaItem;
  onOpen: () => void;
  onChange: (ids: string[], change: ItemChange) => void;
  onDelete: (ids: string[]) => void;
  onRemix: () => void;
  onUseSeed: (seed: number) => void;
  /** Null: this cannot be done with the image. */
  onVary: (() => void) | null;
  onUpscale: (() => void) | null;
};

/** On a small image there is no room for these; the viewer has them too. */
const roomy = "@max-[15rem]:hidden";

/** What can be done with a finished image. Shown on hover and focus, on touch always. */
export function ResultBar({ item, onOpen, onChange, onDelete, ...props }: ResultBarProps) {
  const { onRemix, onUseSeed, onVary, onUpscale } = props;
  const { id, src, seed } = item;
  const tooLarge = whyNotUpscale(item);
  return (
    <div className="absolute right-2 bottom-2 flex gap-0.5 rounded border bg-surface p-0.5 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <a
        href={id ? `${src}?download` : src}
        download
        target={id ? undefined : "_blank"}
        rel="noreferrer"
        className={buttonClass({ variant: "ghost", size: "icon" })}
        aria-label="Download"
        title="Download"
      >
        <Download aria-hidden className="size-4" />
      </a>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Edit settings"
        title="Edit settings: all but the seed"
        onClick={onRemix}
      >
        <WandSparkles aria-hidden className="size-4" />
      </Button>
      {onVary ? (
        <Button
          variant="ghost"
          size="icon"
          className={roomy}
          aria-label="Vary"
          title="Vary: once more with a new seed"
          costs
          onClick={onVary}
        >
          <Shuffle aria-hidden className="size-4" />
        </Button>
      ) : null}
      {onUpscale ? (
        // A button that is off tells nothing by itself.
        <span className={`inline-flex ${roomy}`} title={tooLarge ?? "Upscale"}>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Upscale"
            aria-description={tooLarge ?? undefined}
            disabled={tooLarge !== null}
            costs
            onClick={onUpscale}
          >
            <Maximize2 aria-hidden className="size-4" />
          </Button>
        </span>
      ) : null}
      {seed === null ? null : (
        <Button
          variant="ghost"
          size="icon"
          className={roomy}
          aria-label="Use seed"
          title={`Use seed ${seed}`}
          onClick={() => onUseSeed(seed)}
        >
          <Sprout aria-hidden className="size-4" />
        </Button>
      )}
      {id ? <SavedActions id={id} item={item} onOpen={onOpen} onChange={onChange} onDelete={onDelete} /> : null}
    </div>
  );
}
