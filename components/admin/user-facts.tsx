import type { ReactNode } from "react";
import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { AdminUser } from "@/lib/admin/schema";
import { describeUsage, nameOf, UserMarks } from "./user-list";

/** Who a user is, and what the user uses. Shows nothing that the user has made. */
export function UserFacts({ user, isSelf }: { user: AdminUser; isSelf: boolean }) {
  return (
    <div>
      <h2 className="text-lg font-medium tracking-tight wrap-anywhere">{nameOf(user)}</h2>
      <UserMarks user={user} />
      {isSelf ? <p className="mt-1 text-[13px] text-muted">This is your own account.</p> : null}
      <Facts
        facts={[
          ["Id", <span className="font-mono text-[12px]">{user.id}</span>],
          ["Created", <LocalTime iso={user.created_at} withDay />],
          ["Last sign-in", user.last_sign_in_at ? <LocalTime iso={user.last_sign_in_at} withDay /> : "never"],
          ["Today", describeUsage(user.today)],
          ["Last 30 days", describeUsage(user.month)],
          ["Stored", formatBytes(user.stored_bytes)],
          ...(user.blocked_at ? [["Blocked", <LocalTime iso={user.blocked_at} withDay />] as const] : []),
          ...(user.blocked_reason ? [["Reason", user.blocked_reason] as const] : []),
        ]}
      />
    </div>
  );
}

/** A list of names and values. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="mt-4 grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-[12px] text-muted">{name}</dt>
          <dd className="text-[13px] wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
