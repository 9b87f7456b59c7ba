import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Input, Select } from "@/components/ui/input";
import type { AuditFilter } from "@/lib/admin/schema";
import { actionLabels } from "./audit-table";

const labelClass = "flex min-w-0 flex-col gap-1.5 text-[13px] text-muted";

/** Selects entries of the log by action and by user. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  return (
    <Form action="/dashboard/admin/log" className="flex flex-wrap items-end gap-3">
      <label className={`${labelClass} w-full sm:w-56`}>
        Action
        <Select key={filter.action} name="action" defaultValue={filter.action ?? ""}>
          <option value="">Any</option>
          {Object.entries(actionLabels).map(([action, label]) => (
            <option key={action} value={action}>
              {label}
            </option>
          ))}
        </Select>
      </label>
      <label htmlFor="user" className={`${labelClass} w-full sm:w-80`}>
        User
        <Input
          key={filter.user}
          id="user"
          name="user"
          placeholder="E-mail or id"
          maxLength={254}
          defaultValue={filter.user ?? ""}
        />
      </label>
      <Button type="submit">Apply</Button>
      {filter.action || filter.user ? (
        <Link href="/dashboard/admin/log" className={buttonClass({ variant: "ghost" })}>
          Clear
        </Link>
      ) : null}
    </Form>
  );
}
