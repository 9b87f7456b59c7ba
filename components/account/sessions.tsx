import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import { AccountForm, type AccountAction } from "./account-form";
import { describeBrowser } from "./describe-browser";

type Session = { id: string; created_at: string; used_at: string; user_agent: string | null; is_current: boolean };

type SessionsProps = { sessions: Session[]; end: AccountAction; signOutEverywhere: () => Promise<void> };

/** Lists where the user is signed in. The user can end one session, or all sessions together. */
export function Sessions({ sessions, end, signOutEverywhere }: SessionsProps) {
  return (
    <>
      <ul className="divide-y rounded border">
        {sessions.map(({ id, created_at, used_at, user_agent, is_current }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p>
                {describeBrowser(user_agent)}
                {is_current ? <span className="ml-2 text-[13px] text-saved">This browser</span> : null}
              </p>
              <p className="mt-0.5 text-[13px] text-muted">
                Since <LocalTime iso={created_at} withDay />, last used <LocalTime iso={used_at} withDay />
              </p>
            </div>
            {is_current ? null : (
              <AccountForm id={`session-${id}`} action={end} fields={[]} verb="Sign out" values={{ session: id }} />
            )}
          </li>
        ))}
      </ul>
      <form action={signOutEverywhere} className="mt-4">
        <Button type="submit" variant="danger">
          Sign out everywhere
        </Button>
      </form>
    </>
  );
}
