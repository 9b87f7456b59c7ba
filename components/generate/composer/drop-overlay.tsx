import { dropState } from "@/components/generate/fields/files/drop-targets";
import { takesKind } from "@/components/generate/fields/files/pass-files-to-field";
import { kindOfFile } from "@/components/generate/fields/files/kind-of-file";
import { useStore } from "@/components/ui/create-store";
import { otherFile, withArticle } from "@/lib/media/kinds";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import type { Field } from "@/lib/models/inputs/fields";
import type { MediaKind } from "@/lib/media/schema";

type DropOverlayProps = {
  /** Returns a text that says what happens to a file if no field takes the file. */
  explainRest: (kind: MediaKind | null) => string;
};

/** Covers the page while a file is dragged over it, and says what will happen to the file. */
export function DropOverlay({ explainRest }: DropOverlayProps) {
  const state = useStore(dropState, (now) => now);
  if (state?.step !== "over") return null;
  const { target, type } = state;
  const kind = type ? kindOfFile({ type }) : null;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-ground/60 p-6">
      <p className="max-w-md rounded border-2 border-dashed border-accent bg-surface px-6 py-5 text-center text-base font-medium text-balance">
        {target ? explainTarget(target.field, kind) : explainRest(kind)}
      </p>
    </div>
  );
}

function explainTarget(field: Field, kind: MediaKind | null) {
  const { label, takes } = field;
  if (kind !== null && !takesKind(field, kind)) {
    return `${label} takes ${withArticle(nounOfInput(takes))}, not ${otherFile(kind)}`;
  }
  return `Add to ${label}`;
}
