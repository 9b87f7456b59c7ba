import { Star } from "lucide-react";
import { FilterForm } from "@/components/shell/filter-form";
import type { GalleryChoices, GalleryFilter } from "@/lib/media/schema";

const tabs = {
  label: "Images to show",
  name: "favorites",
  options: [{ label: "All" }, { value: "1", label: "Favorites", icon: <Star aria-hidden className="size-4" /> }],
};

export function GalleryFilters({ filter, choices }: { filter: GalleryFilter; choices: GalleryChoices }) {
  return <FilterForm path="/dashboard/gallery" filter={filter} tabs={tabs} {...choices} />;
}
