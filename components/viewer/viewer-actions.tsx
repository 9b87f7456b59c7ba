import { useId } from "react";
import { Maximize2, Shuffle, Sprout } from "lucide-react";
import type { MediaItem } from "@/components/media/item";
import { Button } from "@/components/ui/button";
import { whyNotUpscale } from "./upscale-limit";

type ViewerActionsProps = {
  item: Pick<MediaItem, "seed" | "width" | "height">;
  /** Null: this cannot be done with the image. */
  onVary: (() => void) | null;
  onUpscale: (() => void) | null;
  /** Only where the form is. */
  onUseSeed?: (seed: number) => void;
};

/** What the bar on an image has too, with its words: small images have no room for it. */
export function ViewerActions({ item, onVary, onUpscale, onUseSeed }: ViewerActionsProps) {
  const { seed } = item;
  const tooLarge = onUpscale && whyNotUpscale(item);
  const note = useId();
  return (
    <div className="flex flex-wrap gap-2">
      {onVary ? (
        <Button costs onClick={onVary}>
          <Shuffle aria-hidden className="size-4" /> Vary
        </Button>
      ) : null}
      {onUpscale ? (
        <Button costs disabled={tooLarge !== null} aria-describedby={tooLarge ? note : undefined} onClick={onUpscale}>
          <Maximize2 aria-hidden className="size-4" /> Upscale
        </Button>
      ) : null}
      {seed === null || !onUseSeed ? null : (
        <Button onClick={() => onUseSeed(seed)}>
          <Sprout aria-hidden className="size-4" /> Use seed
        </Button>
      )}
      {tooLarge ? (
        <p id={note} className="w-full text-[13px] text-muted">
          {tooLarge}
        </p>
      ) : null}
    </div>
  );
}
