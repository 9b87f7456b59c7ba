import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { AdminUser } from "@/lib/admin/schema";
import { Facts } from "./facts";
import { describeUsage, nameOf, UserMarks } from "./user-list";

/** Shows who a user is, and how much the user uses. Shows nothing that the user has made. */
export function UserFacts({ user, isSelf }: { user: AdminUser; isSelf: boolean }) {
  return (
    <div>
      <h2 className="text-lg font-medium tracking-tight wrap-anywhere">{nameOf(user)}</h2>
      <p className="font-mono text-[12px] wrap-anywhere text-muted">{user.id}</p>
      <UserMarks user={user} />
      {isSelf ? <p className="mt-1 text-[13px] text-muted">This is your own account.</p> : null}
      <Facts
        facts={[
          { name: "Created", value: <LocalTime iso={user.created_at} withDay /> },
          {
            name: "Last sign-in",
            value: user.last_sign_in_at ? <LocalTime iso={user.last_sign_in_at} withDay /> : "never",
          },
          { name: "Today", value: describeUsage(user.today) },
          { name: "Last 30 days", value: describeUsage(user.month) },
          { name: "Stored", value: formatBytes(user.stored_bytes) },
          ...(user.blocked_at ? [{ name: "Blocked", value: <LocalTime iso={user.blocked_at} withDay /> }] : []),
          ...(user.blocked_reason ? [{ name: "Reason", value: user.blocked_reason }] : []),
        ]}
      />
    </div>
  );
}
