import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Input, Select } from "@/components/ui/input";
import { nameInWords } from "@/components/ui/format";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { modelTitles } from "@/lib/models/catalog";

const labelClass = "flex min-w-0 flex-col gap-1.5 text-[13px] text-muted";
const tabClass =
  "flex h-10 items-center gap-2 rounded px-3 max-sm:min-w-10 max-sm:justify-center max-sm:px-1.5 text-sm text-muted transition-colors hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink";

type FilterFormProps = {
  path: "/dashboard/gallery" | "/dashboard/history";
  /** The parameters of the URL. The form sets `model`, `tool`, `from` and `to`, and leaves the others unchanged. */
  filter: Record<string, string | undefined>;
  /** Groups of links. The links of one group set the same parameter of the URL (`name`) to different values. */
  tabs: Tabs[];
  models: string[];
  tools?: string[];
};

export type Tabs = { label: string; name: string; options: { value?: string; label: string; icon?: ReactNode }[] };

/** The filters of a list. They are part of the URL, so they work without JavaScript. */
export function FilterForm({ path, filter, tabs, models, tools = [] }: FilterFormProps) {
  const { model, tool, from, to, ...others } = filter;
  const count = [model, tool, from, to].filter(Boolean).length;
  return (
    <div className="relative -mx-3">
      <div className="flex flex-wrap gap-x-2 sm:mr-24">
        {tabs.map(({ label, name, options }) => (
          <nav
            key={name}
            aria-label={label}
            className="flex flex-wrap max-sm:first:mr-20 sm:not-first:border-l sm:not-first:pl-2"
          >
            {options.map((option) => (
              <Link
                key={option.label}
                href={pathWithQuery(path, { ...filter, [name]: option.value })}
                aria-current={filter[name] === option.value ? "true" : undefined}
                scroll={false}
                className={tabClass}
              >
                {option.icon} {option.label}
              </Link>
            ))}
          </nav>
        ))}
      </div>
      <details open={count > 0} className="group">
        {/* This button has a fixed place beside the tabs. So it does not move when the form opens below the tabs. */}
        <summary className={`${tabClass} absolute top-0 right-0 list-none max-sm:pr-3 group-open:text-ink`}>
          <SlidersHorizontal aria-hidden className="size-4" /> Filter{count > 0 ? ` (${count})` : ""}
        </summary>
        <Form action={path} scroll={false} className="grid grid-cols-2 items-end gap-3 px-3 pt-3 sm:flex sm:flex-wrap">
          {Object.entries(others).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <FilterSelect
            name="model"
            label="Model"
            value={model}
            options={modelTitles(withSelected(model, models)).map((each) => ({ value: each.model, label: each.title }))}
          />
          {tools.length > 0 || tool ? (
            <FilterSelect
              name="tool"
              label="Tool"
              value={tool}
              options={withSelected(tool, tools).map((value) => ({ value, label: nameInWords(value) }))}
            />
          ) : null}
          {/* The React key of each control is its value in the URL. So if a value changes, React replaces only the control of
              that value, and a focused button keeps the focus. */}
          <label htmlFor="from" className={labelClass}>
            From
            <Input key={from} id="from" type="date" name="from" defaultValue={from} />
          </label>
          <label htmlFor="to" className={labelClass}>
            To
            <Input key={to} id="to" type="date" name="to" defaultValue={to} />
          </label>
          <div className="col-span-2 flex gap-2">
            <Button type="submit">Apply</Button>
            {count > 0 ? (
              <Link href={pathWithQuery(path, others)} scroll={false} className={buttonClass({ variant: "ghost" })}>
                Clear
              </Link>
            ) : null}
          </div>
        </Form>
      </details>
    </div>
  );
}

type FilterSelectProps = {
  name: string;
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
};

function FilterSelect({ name, label, value, options }: FilterSelectProps) {
  return (
    <label className={`${labelClass} col-span-2 sm:w-48`}>
      {label}
      <Select key={value} name={name} defaultValue={value ?? ""}>
        <option value="">Any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </label>
  );
}

/** Adds the selected value if the list does not contain it: the value comes from the URL, which may name anything. */
function withSelected(value: string | undefined, values: string[]) {
  return value && !values.includes(value) ? [value, ...values] : values;
}
