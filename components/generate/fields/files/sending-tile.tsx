import { X } from "lucide-react";

type SendingTileProps = {
  name: string;
  /** A URL of the image that is being sent; empty for any other file. */
  preview: string;
  /** How much of the file has been sent (0 to 1); null if this is not known. */
  share: number | null;
  onCancel: () => void;
};

/** A file that is being uploaded, with its progress. A click cancels the upload. */
export function SendingTile({ name, preview, share, onCancel }: SendingTileProps) {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <button
      type="button"
      title="Cancel the upload"
      aria-label={`Cancel the upload of ${name}`}
      className="group relative grid size-16 shrink-0 place-items-center overflow-hidden rounded-sm border bg-raised text-[12px]"
      onClick={onCancel}
    >
      {preview ? (
        <img src={preview} alt="" className="absolute inset-0 size-full animate-safelight object-cover" />
      ) : (
        <span className="absolute inset-x-1 top-1 truncate text-[10px] text-muted">{name}</span>
      )}
      <span className="relative grid size-7 place-items-center rounded-full bg-ground/80 font-mono text-[11px] text-ink tabular-nums">
        {percent === null ? <X aria-hidden className="size-4" /> : percent}
      </span>
      <progress
        aria-label={`Upload of ${name}`}
        max={100}
        value={percent ?? undefined}
        className="absolute inset-x-0 bottom-0 h-1 w-full accent-accent"
      />
    </button>
  );
}
