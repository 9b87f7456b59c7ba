import { useEffect, useState } from "react";
import { formatDuration } from "@/components/ui/format";
import { kindOfType } from "@/lib/media/kinds";
import type { MediaKind } from "@/lib/media/schema";
import { typeOf } from "./file-facts";
import { kindIcons } from "@/components/media/media-thumb";
import { readFileType } from "./read-file-type";

type FileThumbProps = {
  path: string;
  label: string;
  /**
   * If the kind is missing or `image`, this component asks the server for the type. A file of the kind `image` is shown here only
   * if the browser could not load it as an image.
   */
  kind?: MediaKind | undefined;
  content_type?: string | undefined;
  duration_ms?: number | null | undefined;
};

/** A small square for a file without a small image: an icon, the name, and the duration or the type of the file. */
export function FileThumb({ path, label, kind, content_type, duration_ms: duration }: FileThumbProps) {
  const [found, setFound] = useState<string | null | undefined>(content_type);
  const isUnknown = !kind || kind === "image";
  useEffect(() => {
    if (isUnknown) void readFileType(path).then(setFound);
  }, [path, isUnknown]);
  if (found === null) return <>Missing</>;
  const Icon = kindIcons[kind ?? kindOfType(found ?? "")];
  return (
    <span className="grid w-full justify-items-center gap-0.5 p-1 text-center">
      <Icon aria-hidden className="size-4" strokeWidth={1.5} />
      <span className="w-full truncate text-[10px]">{label}</span>
      <span className="font-mono text-[10px] tabular-nums">
        {duration ? formatDuration(duration) : found ? typeOf({ content_type: found }) : null}
      </span>
    </span>
  );
}
