import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { downloadProps } from "./files/file-facts";
import type { MediaItem } from "./media-item";

export function DownloadLink({ item }: { item: Pick<MediaItem, "id" | "src"> }) {
  return (
    <a {...downloadProps(item)} className={buttonClass()}>
      <Download aria-hidden className="size-4" /> Download
    </a>
  );
}
