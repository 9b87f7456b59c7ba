import { type Ref, useState } from "react";
import { Plus } from "lucide-react";
import { invisibleInputClass } from "@/components/ui/input";
import type { MediaChoice } from "./media-choice";

const tileClass =
  "relative grid size-16 shrink-0 cursor-pointer place-items-center overflow-hidden rounded-sm border bg-raised text-[12px] text-muted has-checked:border-accent has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-accent";

type UploadTileProps = {
  ref: Ref<HTMLInputElement>;
  /**
   * The id of the file input, which also reports the field's errors. The input has no name, because the form does not send the
   * files.
   */
  id: string;
  label: string;
  /** Accepts several files at once. */
  isList: boolean;
  /** The image that is being uploaded. */
  preview: string | null;
  onFiles: (files: File[]) => void;
};

export function UploadTile({ ref, id, label, isList, preview, onFiles }: UploadTileProps) {
  return (
    <label title="Upload" className={`${tileClass} border-dashed border-edge hover:text-ink noscript:hidden`}>
      <input
        ref={ref}
        id={id}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        multiple={isList}
        aria-label={`Upload: ${label}`}
        className={invisibleInputClass}
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

type ChoiceTileProps = {
  /** An empty `thumb` stands for "no image". */
  choice: MediaChoice;
  /** Undefined when hidden inputs send the chosen paths instead. */
  name: string | undefined;
  isList: boolean;
  isRequired: boolean;
  /** The position among the chosen images, from 1; 0 when not chosen. */
  place: number;
  onChange: (isChosen: boolean) => void;
};

/** An image to choose. In a list, chosen images show their positions. */
export function ChoiceTile({ choice, name, isList, isRequired, place, onChange }: ChoiceTileProps) {
  const [isMissing, setMissing] = useState(false);
  const { value, thumb, label } = choice;
  return (
    <label className={tileClass}>
      <input
        type={isList ? "checkbox" : "radio"}
        name={name}
        value={value}
        required={isRequired}
        checked={place > 0}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className={invisibleInputClass}
      />
      {isMissing || !thumb ? (
        <>{thumb ? "Missing" : label}</>
      ) : (
        <img
          src={thumb}
          alt={label}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => setMissing(true)}
        />
      )}
      {isList && place > 0 ? (
        <span className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 font-mono text-[11px] text-accent-ink">
          {place}
        </span>
      ) : null}
    </label>
  );
}
