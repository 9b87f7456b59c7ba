import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";

/** Says that the user's account will be deleted, with a button to keep it. */
export function DeletionBanner({ at, keep }: { at: string; keep: () => Promise<void> }) {
  return (
    <aside
      aria-label="Account deletion"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-b bg-surface px-4 py-2 text-center text-[13px] text-risk"
    >
      <span>
        Your account will be deleted on <LocalTime iso={at} withDay />.
      </span>
      <form action={keep}>
        <Button type="submit" size="sm">
          Keep my account
        </Button>
      </form>
    </aside>
  );
}
