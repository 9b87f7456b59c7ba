import type { ReactNode } from "react";
import type { Route } from "next";
import Form from "next/form";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import { modelTitles } from "@/lib/models/title";

const labelClass = "flex min-w-0 flex-col gap-1.5 text-[13px] text-muted";

export const filterTabClass =
  "flex h-10 items-center gap-2 rounded px-3 text-sm text-muted transition-colors hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink";

export function FilterTab({ href, isCurrent, children }: { href: Route; isCurrent: boolean; children: ReactNode }) {
  return (
    <Link href={href} aria-current={isCurrent ? "true" : undefined} scroll={false} className={filterTabClass}>
      {children}
    </Link>
  );
}

type FilterFormProps = {
  action: "/dashboard/gallery" | "/dashboard/history";
  /** Other parameters of the URL, which stay unchanged. */
  hidden: Record<string, string | undefined>;
  /** The first and the last day, as "2026-11-21". */
  from: string | undefined;
  to: string | undefined;
  /** The URL of the list without these filters; null when no filter is set. */
  clearHref: Route | null;
  className: string;
  children: ReactNode;
};

/** The filters of a list. They are part of the URL, so they work without JavaScript. */
export function FilterForm({ action, hidden, from, to, clearHref, className, children }: FilterFormProps) {
  return (
    <Form action={action} scroll={false} className={`grid grid-cols-2 items-end gap-3 ${className}`}>
      {Object.entries(hidden).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
      {/* Each control has its own key: a new value in the URL resets only that control, and a focused button keeps focus. */}
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
        {clearHref ? (
          <Link href={clearHref} scroll={false} className={buttonClass({ variant: "ghost" })}>
            Clear
          </Link>
        ) : null}
      </div>
    </Form>
  );
}

type FilterSelectProps = {
  name: string;
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
};

export function FilterSelect({ name, label, value, options }: FilterSelectProps) {
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

export function ModelFilter({ value, models }: { value: string | undefined; models: string[] }) {
  const titles = modelTitles(withSelected(value, models));
  const options = titles.map(({ model, title }) => ({ value: model, label: title }));
  return <FilterSelect name="model" label="Model" value={value} options={options} />;
}

/** Adds the selected value if it is not in the list: it may come from a URL. */
export function withSelected(value: string | undefined, values: string[]) {
  return value && !values.includes(value) ? [value, ...values] : values;
}
