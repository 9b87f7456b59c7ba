import { pathWithQuery } from "@/components/ui/path-with-query";
import type { Collection, ModelFilter } from "@/lib/models/listing";
import { FilterChips } from "./filter-chips";

/** The query of the page Models, without the cursor. */
export type ModelsQuery = ModelFilter & { q?: string | undefined; collection?: string | undefined };

const path = "/dashboard/models";

const makes: { value?: ModelFilter["makes"]; label: string }[] = [
  { label: "Anything" },
  { value: "image", label: "Images" },
  { value: "video", label: "Videos" },
  { value: "audio", label: "Audio" },
  { value: "text", label: "Text" },
  { value: "3d", label: "3D" },
];
const takes: { value?: ModelFilter["takes"]; label: string }[] = [
  { label: "Anything" },
  { value: "image", label: "An image" },
  { value: "video", label: "A video" },
  { value: "audio", label: "Audio" },
];

/** Links that filter the models. They work without JavaScript, and keep the search words and the collection. */
export function ModelFilters({ query }: { query: ModelsQuery }) {
  return (
    <div className="mt-6 flex flex-col gap-2">
      <FilterChips
        label="Makes"
        chips={makes.map(({ value, label }) => ({
          label,
          href: pathWithQuery(path, { ...query, makes: value }),
          isCurrent: query.makes === value,
        }))}
      />
      <FilterChips
        label="Takes"
        chips={takes.map(({ value, label }) => ({
          label,
          href: pathWithQuery(path, { ...query, takes: value }),
          isCurrent: query.takes === value,
        }))}
      />
    </div>
  );
}

/** Links to the featured models and to Replicate's collections. They keep the filter, but not the search words. */
export function Collections({ collections, query }: { collections: Collection[]; query: ModelsQuery }) {
  if (collections.length === 0) return null;
  const { q, collection: current = "", ...filter } = query;
  return (
    <div className="mt-4">
      <FilterChips
        label="Collections"
        isLabelHidden
        chips={[{ slug: "", name: "Featured" }, ...collections].map(({ slug, name }) => ({
          label: name,
          href: pathWithQuery(path, { ...filter, collection: slug }),
          isCurrent: !q && slug === current,
        }))}
      />
    </div>
  );
}
