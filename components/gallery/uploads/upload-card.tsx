import { Trash2 } from "lucide-react";
import { kindIcons } from "@/components/media/media-thumb";
import { typeOf } from "@/components/media/files/file-facts";
import { IconButton } from "@/components/ui/button";
import { formatBytes, formatDuration } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { Upload } from "@/lib/media/schema";

type UploadCardProps = { upload: Upload; isBusy: boolean; onDelete: () => void };

/** An upload: a small image or an icon, the name with a link to the file, and how long the upload is kept. */
export function UploadCard({ upload, isBusy, onDelete }: UploadCardProps) {
  const { url, thumb_url, kind, duration_ms: duration, bytes, expires_at } = upload;
  // Some images, such as SVG, have no thumbnail. For these, the card shows the file itself.
  const thumb = thumb_url ?? (kind === "image" ? url : null);
  const name = upload.name || "Unnamed file";
  const Icon = kindIcons[kind];
  const facts = [typeOf(upload), duration ? formatDuration(duration) : null, formatBytes(bytes)];
  return (
    <li className="flex min-w-0 items-center gap-3 rounded border bg-surface p-2">
      <a
        href={url}
        aria-label={`Open ${name}`}
        className="grid size-16 shrink-0 place-items-center overflow-hidden rounded-sm bg-raised text-muted hover:opacity-90"
      >
        {thumb ? (
          <img src={thumb} alt="" loading="lazy" decoding="async" className="size-full object-cover" />
        ) : (
          <Icon aria-hidden className="size-6" strokeWidth={1.5} />
        )}
      </a>
      <div className="min-w-0 flex-1 text-[13px]">
        <p className="truncate font-medium" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className="font-mono text-[12px] text-muted tabular-nums">{facts.filter(Boolean).join(" · ")}</p>
        <p className="text-[12px] text-muted">
          Kept until <LocalTime iso={expires_at} withDay />
        </p>
      </div>
      <span className="noscript:hidden">
        <IconButton label={`Delete ${name}`} title="Delete" Icon={Trash2} disabled={isBusy} onClick={onDelete} />
      </span>
    </li>
  );
}
