import { Dices, Maximize2, Shuffle } from "lucide-react";
import { Button } from "@/components/ui/button";

type ViewerActionsProps = {
  seed: number | null;
  /** Null: this cannot be done with the picture. */
  onVary: (() => void) | null;
  onUpscale: (() => void) | null;
  /** Only where the form is. */
  onUseSeed?: (seed: number) => void;
};

/** What the bar on a picture has too, with its words: small pictures have no room for it. */
export function ViewerActions({ seed, onVary, onUpscale, onUseSeed }: ViewerActionsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {onVary ? (
        <Button costs onClick={onVary}>
          <Shuffle aria-hidden className="size-4" /> Vary
        </Button>
      ) : null}
      {onUpscale ? (
        <Button costs onClick={onUpscale}>
          <Maximize2 aria-hidden className="size-4" /> Upscale
        </Button>
      ) : null}
      {seed === null || !onUseSeed ? null : (
        <Button onClick={() => onUseSeed(seed)}>
          <Dices aria-hidden className="size-4" /> Use seed
        </Button>
      )}
    </div>
  );
}
