import { SlidersHorizontal, Star } from "lucide-react";
import {
  FilterForm,
  FilterSelect,
  FilterTab,
  filterTabClass,
  ModelFilter,
  withSelected,
} from "@/components/shell/list-filters";
import { pathWith } from "@/components/ui/path-with";
import { wordsOf } from "@/components/viewer/facts";
import type { GalleryChoices, GalleryFilter } from "@/lib/media/schema";

const path = "/dashboard/gallery";

export function GalleryFilters({ filter, choices }: { filter: GalleryFilter; choices: GalleryChoices }) {
  const { q, favorites, model, tool, from, to } = filter;
  const count = [model, tool, from, to].filter(Boolean).length;
  return (
    <div className="relative -mx-3 flex flex-wrap items-start">
      <nav aria-label="Images to show" className="flex w-40">
        <FilterTab href={pathWith(path, { ...filter, favorites: undefined })} isCurrent={!favorites}>
          All
        </FilterTab>
        <FilterTab href={pathWith(path, { ...filter, favorites: "1" })} isCurrent={Boolean(favorites)}>
          <Star aria-hidden className="size-4" /> Favorites
        </FilterTab>
      </nav>
      <details open={count > 0} className="group open:w-full">
        {/* Stays beside the tabs when the form is open below them. */}
        <summary
          className={`${filterTabClass} list-none group-open:absolute group-open:top-0 group-open:left-40 group-open:text-ink`}
        >
          <SlidersHorizontal aria-hidden className="size-4" /> Filter{count > 0 ? ` (${count})` : ""}
        </summary>
        <FilterForm
          action={path}
          hidden={{ q, favorites }}
          from={from}
          to={to}
          clearHref={count > 0 ? pathWith(path, { q, favorites }) : null}
          className="px-3 pt-3 sm:flex sm:flex-wrap"
        >
          <ModelFilter value={model} models={choices.models} />
          {choices.tools.length > 0 || tool ? (
            <FilterSelect
              name="tool"
              label="Tool"
              value={tool}
              options={withSelected(tool, choices.tools).map((value) => ({ value, label: wordsOf(value) }))}
            />
          ) : null}
        </FilterForm>
      </details>
    </div>
  );
}
