import type { Ref } from "react";
import { Plus } from "lucide-react";
import { unseenClass } from "@/components/ui/input";

export const tileClass =
  "relative grid size-16 shrink-0 cursor-pointer place-items-center overflow-hidden rounded-sm border bg-raised text-[12px] text-muted has-checked:border-accent has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-accent";
const accept = "image/png,image/jpeg,image/webp,image/gif";

type UploadTileProps = {
  ref: Ref<HTMLInputElement>;
  label: string;
  /** Takes several files at once. */
  isList: boolean;
  /** What is being uploaded. */
  preview: string | null;
  onFiles: (files: File[]) => void;
};

/** Brings an image along. */
export function UploadTile({ ref, label, isList, preview, onFiles }: UploadTileProps) {
  return (
    <label title="Choose a file" className={`${tileClass} border-dashed border-edge hover:text-ink noscript:hidden`}>
      <input
        ref={ref}
        type="file"
        accept={accept}
        multiple={isList}
        aria-label={`Upload: ${label}`}
        className={unseenClass}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (files.length > 0) onFiles(files);
          currentTarget.value = "";
        }}
      />
      {preview ? (
        <img src={preview} alt="" className="size-full animate-safelight object-cover" />
      ) : (
        <Plus aria-hidden className="size-5" />
      )}
    </label>
  );
}
