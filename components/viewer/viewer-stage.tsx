import { describe } from "@/components/media/describe";
import type { MediaItem } from "@/components/media/item";
import { BeforeAfter } from "./before-after";

/** The image as large as its place allows; with `before`, over that one. */
export function ViewerStage({ item, before }: { item: MediaItem; before: MediaItem | null }) {
  if (before) return <BeforeAfter key={item.key} before={before} after={item} />;
  return (
    <img
      key={item.key}
      src={item.src}
      alt={describe(item)}
      width={item.width ?? undefined}
      height={item.height ?? undefined}
      className="size-auto max-h-full max-w-full rounded-sm bg-cover object-contain"
      style={item.thumb === item.src ? undefined : { backgroundImage: `url("${item.thumb}")` }}
    />
  );
}
