import { type Ref, useState } from "react";
import { Plus } from "lucide-react";
import { invisibleInputClass } from "@/components/ui/input";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import type { MediaChoice } from "./media-choice";

const FileThumb = lazyAfterLoad(
  () => import("@/components/media/files/file-thumb").then((file) => file.FileThumb),
  ({ label }) => label,
);

export const tileClass =
  "relative grid size-16 shrink-0 cursor-pointer place-items-center overflow-hidden rounded-sm border bg-raised text-[12px] text-muted has-checked:border-accent has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-accent";

/**
 * The types of files that the upload button offers, by the kind of file that the field takes. HEIC files are also named by their
 * extensions, because some systems report no type for them. For a kind that is not in this list, the button offers all files.
 */
const accepts: Partial<Record<FileType, string>> = {
  image: "image/*,.heic,.heif",
  mask: "image/*,.heic,.heif",
  video: "video/*",
  audio: "audio/*,video/*",
};

type UploadTileProps = {
  ref: Ref<HTMLInputElement>;
  /**
   * The id of the file input, which also reports the field's errors. The input has no name, because the form does not send the
   * files.
   */
  id: string;
  label: string;
  takes?: FileType;
  /** True if the field takes several files. */
  isList: boolean;
  onFiles: (files: File[]) => void;
};

export function UploadTile({ ref, id, label, takes = "any", isList, onFiles }: UploadTileProps) {
  return (
    <label title="Upload" className={`${tileClass} border-dashed border-edge hover:text-ink noscript:hidden`}>
      <input
        ref={ref}
        id={id}
        type="file"
        accept={accepts[takes]}
        multiple={isList}
        aria-label={`Upload: ${label}`}
        className={invisibleInputClass}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (files.length > 0) onFiles(files);
          currentTarget.value = "";
        }}
      />
      <Plus aria-hidden className="size-5" />
    </label>
  );
}

type ChoiceTileProps = {
  /** An empty `value` stands for "no file". */
  choice: MediaChoice;
  /** Undefined if hidden inputs send the chosen paths. Then this input is not sent. */
  name: string | undefined;
  isList: boolean;
  isRequired: boolean;
  /** The position of the file among the chosen files, from 1; 0 if it is not chosen. */
  place: number;
  onChange: (isChosen: boolean) => void;
};

/** A file that the user can choose. In a list, chosen files show their positions. */
export function ChoiceTile({ choice, name, isList, isRequired, place, onChange }: ChoiceTileProps) {
  const [isMissing, setMissing] = useState(false);
  const { value, thumb, label } = choice;
  return (
    <label title={label} className={tileClass}>
      <input
        type={isList ? "checkbox" : "radio"}
        name={name}
        value={value}
        required={isRequired}
        checked={place > 0}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className={invisibleInputClass}
      />
      {value && (isMissing || !thumb) ? (
        <FileThumb path={value} {...choice} />
      ) : thumb ? (
        <img
          src={thumb}
          alt={label}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => setMissing(true)}
        />
      ) : (
        label
      )}
      {isList && place > 0 ? (
        <span className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 font-mono text-[11px] text-accent-ink">
          {place}
        </span>
      ) : null}
    </label>
  );
}
