import type { Image } from "@/lib/images/schema";

/** What its owner did with a kept picture since the page was loaded. */
export type Change = Partial<Pick<Image, "favorite" | "share_token">> & { isDeleted?: boolean };
/** By the picture's id. */
export type Changes = ReadonlyMap<string, Change>;

/** The pictures as they are now. Those that nothing was done with stay the same objects. */
export function withChanges<Kept extends { id: string | null }>(pictures: Kept[], changes: Changes): Kept[] {
  return pictures.flatMap((picture) => {
    const change = picture.id && changes.get(picture.id);
    if (!change) return [picture];
    const { isDeleted, ...told } = change;
    return isDeleted ? [] : [{ ...picture, ...told }];
  });
}
