import { SquareSplitHorizontal } from "lucide-react";
import { describe } from "@/components/prediction/describe";
import { openInPlace } from "@/components/prediction/open-in-place";
import type { Picture } from "@/components/prediction/picture";
import { Button } from "@/components/ui/button";
import type { Family } from "./use-family";

type PictureFamilyProps = {
  family: Family;
  onOpen: (picture: Picture) => void;
  isComparing: boolean;
  onCompare: (isComparing: boolean) => void;
};

/** What a picture was made from and what was made from it, small; each opens in the viewer. */
export function PictureFamily({ family: { parents, children }, onOpen, isComparing, onCompare }: PictureFamilyProps) {
  return (
    <>
      {parents.length > 0 ? (
        <div className="flex flex-col items-start gap-3">
          <Relatives title="Made from" pictures={parents} onOpen={onOpen} />
          <Button aria-pressed={isComparing} onClick={() => onCompare(!isComparing)}>
            <SquareSplitHorizontal aria-hidden className="size-4" /> Before and after
          </Button>
        </div>
      ) : null}
      {children.length > 0 ? <Relatives title="Made from this" pictures={children} onOpen={onOpen} /> : null}
    </>
  );
}

type RelativesProps = { title: string; pictures: Picture[]; onOpen: (picture: Picture) => void };

function Relatives({ title, pictures, onOpen }: RelativesProps) {
  return (
    <section aria-label={title} className="max-w-full">
      <h2 className="text-[13px] text-muted">{title}</h2>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {pictures.map((picture) => (
          <li key={picture.key}>
            <a
              href={picture.src}
              title={describe(picture)}
              className="block size-16 overflow-hidden rounded-sm bg-raised transition-opacity hover:opacity-90"
              onClick={(event) => openInPlace(event, () => onOpen(picture))}
            >
              <img src={picture.thumb} alt={describe(picture)} decoding="async" className="size-full object-cover" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
