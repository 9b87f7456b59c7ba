import Link from "next/link";
import { formatBytes } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { AuditEntry } from "@/lib/admin/schema";

/** The actions in the log, in words. */
export const actionLabels: Record<string, string> = {
  set_user_limits: "Set limits",
  block_user: "Blocked",
  unblock_user: "Unblocked",
  add_admin: "Made administrator",
  remove_admin: "Ended administrator rights",
  seed_admin: "Made administrator by the setting ADMIN_EMAILS",
  invite_user: "Invited",
  take_down_media: "Ended the sharing of a file",
  permit_sharing: "Allowed a file to be shared again",
  dismiss_report: "Dismissed reports",
};

export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  if (entries.length === 0) return <p className="text-[13px] text-muted">No entries.</p>;
  return (
    <ul className="divide-y border-y text-[13px]">
      {entries.map((entry) => (
        <li key={entry.id} className="grid gap-x-6 gap-y-0.5 py-2.5 md:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
          <span className="text-[12px] leading-5 text-muted tabular-nums">
            <LocalTime iso={entry.created_at} withDay />
          </span>
          <span className="min-w-0">
            <span className="font-medium">{actionLabels[entry.action] ?? entry.action}</span>
            <Details entry={entry} />
          </span>
          <span className="min-w-0">
            {isWithoutTarget(entry) ? null : <Person id={entry.target_id} email={entry.target} />}
            {entry.action === "seed_admin" ? null : (
              <span className="block wrap-anywhere text-muted">
                by <Person id={entry.actor_id} email={entry.actor} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/**
 * Whether an entry names no user. This happens if an administrator dismisses the reports of a file that was already deleted: the
 * owner of the file is then not known any more.
 */
function isWithoutTarget({ action, details }: AuditEntry) {
  return action === "dismiss_report" && details.media === null;
}

function Person({ id, email }: { id: string | null; email: string | null }) {
  if (id === null) return <span className="text-muted">deleted account</span>;
  return (
    <Link
      href={`/dashboard/admin/users/${id}`}
      className="inline-block max-w-full wrap-anywhere text-ink underline decoration-edge underline-offset-4 hover:decoration-ink"
    >
      {email ?? id}
    </Link>
  );
}

/** Shows what was changed: the new limits, or the reason of a block. */
function Details({ entry: { action, details } }: { entry: AuditEntry }) {
  const words =
    action === "set_user_limits" ? describeLimits(details) : typeof details.reason === "string" ? details.reason : "";
  return words ? <span className="block wrap-anywhere text-muted">{words}</span> : null;
}

function describeLimits({ daily_images, daily_usd, in_flight, storage_bytes }: AuditEntry["details"]): string {
  const parts = [
    typeof daily_images === "number" ? `${daily_images} images a day` : "",
    typeof daily_usd === "number" ? `$${daily_usd} a day` : "",
    typeof in_flight === "number" ? `${in_flight} predictions at the same time` : "",
    typeof storage_bytes === "number" ? `${formatBytes(storage_bytes)} of storage` : "",
  ];
  return parts.filter(Boolean).join(", ") || "the default limits";
}
