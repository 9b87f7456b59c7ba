import { SlidersHorizontal, Star } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { GalleryChoices, GalleryFilter } from "@/lib/media/schema";
import { titlesOf } from "@/lib/models/title";
import { galleryAddress } from "./gallery-address";
import { wordsOf } from "@/components/viewer/facts";

type GalleryFiltersProps = { filter: GalleryFilter; choices: GalleryChoices };

const label = "flex min-w-0 flex-col gap-1.5 text-[13px] text-muted";
const chip =
  "flex h-10 items-center gap-2 rounded px-3 text-sm text-muted transition-colors hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink";

/** Which images are shown. It stands in the address, and needs no script. */
export function GalleryFilters({ filter, choices }: GalleryFiltersProps) {
  const { q, favorites, model, tool, from, to } = filter;
  const details = [model, tool, from, to].filter(Boolean).length;
  return (
    <div className="relative -mx-3 flex flex-wrap items-start">
      <nav aria-label="Which images" className="flex w-40">
        <Link
          href={galleryAddress({ ...filter, favorites: undefined })}
          aria-current={favorites ? undefined : "true"}
          scroll={false}
          className={chip}
        >
          All
        </Link>
        <Link
          href={galleryAddress({ ...filter, favorites: "1" })}
          aria-current={favorites ? "true" : undefined}
          scroll={false}
          className={chip}
        >
          <Star aria-hidden className="size-4" /> Favorites
        </Link>
      </nav>
      <details open={details > 0} className="group open:w-full">
        {/* It stays where it is, and what it opens takes the line below. */}
        <summary
          className={`${chip} list-none group-open:absolute group-open:top-0 group-open:left-40 group-open:text-ink`}
        >
          <SlidersHorizontal aria-hidden className="size-4" /> Filter{details > 0 ? ` (${details})` : ""}
        </summary>
        {/* Another filter by a link is another form: what was chosen in the old one is gone with it. */}
        <Form
          key={galleryAddress({ ...filter, q: undefined })}
          action="/dashboard/gallery"
          scroll={false}
          className="grid grid-cols-2 items-end gap-3 px-3 pt-3 sm:flex sm:flex-wrap"
        >
          {q ? <input type="hidden" name="q" value={q} /> : null}
          {favorites ? <input type="hidden" name="favorites" value={favorites} /> : null}
          <Choice
            name="model"
            title="Model"
            value={model}
            options={titlesOf(withChosen(model, choices.models)).map(({ model: id, title }) => ({
              value: id,
              label: title,
            }))}
          />
          {choices.tools.length > 0 || tool ? (
            <Choice
              name="tool"
              title="Made by"
              value={tool}
              options={withChosen(tool, choices.tools).map((name) => ({ value: name, label: wordsOf(name) }))}
            />
          ) : null}
          <label htmlFor="from" className={label}>
            From
            <Input id="from" type="date" name="from" defaultValue={from} />
          </label>
          <label htmlFor="to" className={label}>
            To
            <Input id="to" type="date" name="to" defaultValue={to} />
          </label>
          <div className="col-span-2 flex gap-2">
            <Button type="submit">Show</Button>
            {details > 0 ? (
              <Link
                href={galleryAddress({ q, favorites })}
                scroll={false}
                className={buttonClass({ variant: "ghost" })}
              >
                Clear
              </Link>
            ) : null}
          </div>
        </Form>
      </details>
    </div>
  );
}

type ChoiceProps = {
  name: string;
  title: string;
  value: string | undefined;
  options: { value: string; label: string }[];
};

function Choice({ name, title, value, options }: ChoiceProps) {
  return (
    <label className={`${label} col-span-2 sm:w-52`}>
      {title}
      <Select name={name} defaultValue={value ?? ""}>
        <option value="">Any</option>
        {options.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </label>
  );
}

/** The value that is chosen is there, too, when no image has it. */
function withChosen(value: string | undefined, values: string[]) {
  return value && !values.includes(value) ? [value, ...values] : values;
}
