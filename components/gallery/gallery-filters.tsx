import { Star } from "lucide-react";
import { ListFilters } from "@/components/shell/list-filters";
import type { GalleryChoices, GalleryFilter } from "@/lib/media/schema";

const tabs = {
  label: "Images to show",
  name: "favorites",
  options: [{ label: "All" }, { value: "1", label: "Favorites", icon: <Star aria-hidden className="size-4" /> }],
};

export function GalleryFilters({ filter, choices }: { filter: GalleryFilter; choices: GalleryChoices }) {
  return <ListFilters path="/dashboard/gallery" filter={filter} tabs={tabs} {...choices} />;
}
