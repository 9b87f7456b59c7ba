import { Box, File } from "lucide-react";
import { formatBytes } from "@/components/ui/format";
import { typeOf } from "./file-facts";
import type { MediaViewProps } from "@/components/media/media-view";

/** A file that the browser does not show: its name, type and size. */
export function FileTile({ media, label, download }: MediaViewProps) {
  const { kind, bytes } = media;
  const Icon = kind === "model3d" ? Box : File;
  const facts = [typeOf(media), bytes && formatBytes(bytes)].filter(Boolean).join(" · ");
  return (
    <div className="flex w-full max-w-2xl items-center gap-4 rounded border bg-surface p-4">
      <Icon aria-hidden className="size-8 shrink-0 text-muted" strokeWidth={1.25} />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 text-sm break-words">
          <bdi>{label}</bdi>
        </p>
        <p className="mt-0.5 font-mono text-xs text-muted tabular-nums">{facts}</p>
      </div>
      {download}
    </div>
  );
}
