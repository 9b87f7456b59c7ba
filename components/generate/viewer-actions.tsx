import { useId } from "react";
import { Maximize2, Shuffle, Sprout } from "lucide-react";
import type { Picture } from "@/components/prediction/picture";
import { Button } from "@/components/ui/button";
import { whyNotUpscale } from "./upscale-limit";

type ViewerActionsProps = {
  picture: Pick<Picture, "seed" | "width" | "height">;
  /** Null: this cannot be done with the picture. */
  onVary: (() => void) | null;
  onUpscale: (() => void) | null;
  /** Only where the form is. */
  onUseSeed?: (seed: number) => void;
};

/** What the bar on a picture has too, with its words: small pictures have no room for it. */
export function ViewerActions({ picture, onVary, onUpscale, onUseSeed }: ViewerActionsProps) {
  const { seed } = picture;
  const tooLarge = onUpscale && whyNotUpscale(picture);
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
