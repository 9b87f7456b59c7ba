import type { Image } from "@/lib/media/schema";

/** What its owner did with a saved image since the page was loaded. */
export type Change = Partial<Pick<Image, "favorite" | "share_token">> & { isDeleted?: boolean };
/** By the image's id. */
export type Changes = ReadonlyMap<string, Change>;

/** The images as they are now. Those that nothing was done with stay the same objects. */
export function withChanges<Kept extends { id: string | null }>(items: Kept[], changes: Changes): Kept[] {
  return items.flatMap((item) => {
    const change = item.id && changes.get(item.id);
    if (!change) return [item];
    const { isDeleted, ...told } = change;
    return isDeleted ? [] : [{ ...item, ...told }];
  });
}
