import { Star } from "lucide-react";
import { FilterForm, type Tabs } from "@/components/shell/filter-form";
import type { GalleryChoices, GalleryFilter, MediaKind } from "@/lib/media/schema";

const favorites: Tabs = {
  label: "Files to show",
  name: "favorites",
  options: [{ label: "All" }, { value: "1", label: "Favorites", icon: <Star aria-hidden className="size-4" /> }],
};

const labels: Record<MediaKind, string> = {
  image: "Images",
  video: "Videos",
  audio: "Sounds",
  model3d: "3D",
  file: "Files",
};

/**
 * The filters of the gallery. The kinds are offered only if the user has files of more than one kind, or if the URL
 * names a kind.
 */
export function GalleryFilters({ filter, choices }: { filter: GalleryFilter; choices: GalleryChoices }) {
  const { kinds, ...others } = choices;
  const { kind } = filter;
  const isOffered = kinds.length > 1 || kind !== undefined;
  // The URL may name a kind that the gallery does not have. Then this kind is also offered, so that it is shown as selected.
  const options = [...new Set([...kinds, ...(kind ? [kind] : [])])].map((value) => ({ value, label: labels[value] }));
  const byKind: Tabs = { label: "Kind", name: "kind", options: [{ label: "All kinds" }, ...options] };
  const tabs = isOffered ? [favorites, byKind] : [favorites];
  return <FilterForm path="/dashboard/gallery" filter={filter} tabs={tabs} {...others} />;
}
