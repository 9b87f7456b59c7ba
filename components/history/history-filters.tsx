import Form from "next/form";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import { titlesOf } from "@/lib/models/title";
import type { HistoryFilter } from "@/lib/predictions/schema";
import { historyAddress } from "./history-address";

const stages = [
  { status: undefined, label: "All" },
  { status: "running", label: "Running" },
  { status: "saved", label: "Saved" },
  { status: "failed", label: "Failed" },
  { status: "canceled", label: "Canceled" },
] as const;

const label = "flex min-w-0 flex-col gap-1.5 text-[13px] text-muted";

/** What of the history is shown. It stands in the address, and needs no script. */
export function HistoryFilters({ filter, models }: { filter: HistoryFilter; models: string[] }) {
  const { status, model, from, to } = filter;
  const choices = model && !models.includes(model) ? [model, ...models] : models;
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <nav aria-label="Status" className="-mx-3 flex max-w-full flex-wrap">
        {stages.map((stage) => (
          <Link
            key={stage.label}
            href={historyAddress({ ...filter, status: stage.status })}
            aria-current={stage.status === status ? "true" : undefined}
            scroll={false}
            className="flex h-10 items-center rounded px-3 text-sm text-muted transition-colors hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink"
          >
            {stage.label}
          </Link>
        ))}
      </nav>
      <Form
        action="/dashboard/history"
        scroll={false}
        className="grid w-full grid-cols-2 items-end gap-3 sm:flex sm:w-auto"
      >
        {status ? <input type="hidden" name="status" value={status} /> : null}
        <label className={`${label} col-span-2 sm:w-48`}>
          Model
          {/* A link that sets another value draws the control anew; one key for the form would take the focus from its button. */}
          <Select key={model} name="model" defaultValue={model ?? ""}>
            <option value="">Any</option>
            {titlesOf(choices).map((choice) => (
              <option key={choice.model} value={choice.model}>
                {choice.title}
              </option>
            ))}
          </Select>
        </label>
        <label htmlFor="from" className={label}>
          From
          <Input key={from} id="from" type="date" name="from" defaultValue={from} />
        </label>
        <label htmlFor="to" className={label}>
          To
          <Input key={to} id="to" type="date" name="to" defaultValue={to} />
        </label>
        <div className="col-span-2 flex gap-2">
          <Button type="submit">Show</Button>
          {model || from || to ? (
            <Link href={historyAddress({ status })} scroll={false} className={buttonClass({ variant: "ghost" })}>
              Clear
            </Link>
          ) : null}
        </div>
      </Form>
    </div>
  );
}
