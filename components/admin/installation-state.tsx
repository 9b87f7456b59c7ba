import { Check, TriangleAlert } from "lucide-react";
import { formatBytes, nameInWords, plural } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { Installation } from "@/lib/admin/schema";
import { Facts } from "./facts";

type InstallationStateProps = {
  state: Installation;
  /** The checks of /api/health/ready. */
  checks: { name: string; ok: boolean; detail: string }[];
  hasWebhooks: boolean;
};

/** Shows which services work now, and how much is running. */
export function InstallationState({ state, checks, hasWebhooks }: InstallationStateProps) {
  const { users, blocked, running, stored_bytes, open_reports } = state;
  return (
    <>
      <ul className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {checks.map(({ name, ok, detail }) => (
          <li key={name} className="flex min-w-0 gap-2.5">
            {ok ? (
              <Check aria-label="Good" className="mt-0.5 size-4 shrink-0 text-saved" />
            ) : (
              <TriangleAlert aria-label="Problem" className="mt-0.5 size-4 shrink-0 text-risk" />
            )}
            <span className="min-w-0 text-[13px]">
              <span className="font-medium">{checkNames[name] ?? nameInWords(name)}</span>
              <span className="block wrap-anywhere text-muted">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          { name: "Users", value: blocked > 0 ? `${users}, ${blocked} of them blocked` : users },
          { name: "Running now", value: plural(running, "run") },
          { name: "Stored", value: formatBytes(stored_bytes) },
          { name: "Open reports", value: open_reports },
          {
            name: "Last webhook",
            value: hasWebhooks ? (
              <LastWebhook at={state.webhook_at} />
            ) : (
              "not used, the app asks Replicate for results instead"
            ),
          },
        ]}
      />
    </>
  );
}

const checkNames: Record<string, string> = { provider: "Replicate", space: "Free space" };

function LastWebhook({ at }: { at: string | null }) {
  return at ? <LocalTime iso={at} withDay /> : "none yet";
}
