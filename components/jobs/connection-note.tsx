import Link from "next/link";
import type { Connection } from "./polling";

type ConnectionNoteProps = {
  connection: Connection;
  /** Where to be after signing in again. */
  back: string;
};

/** Says quietly that what is shown may be behind, and what happens next. */
export function ConnectionNote({ connection, back }: ConnectionNoteProps) {
  if (connection === "open") return null;
  return (
    <p role="status" className="mb-4 text-[13px] text-pretty text-muted">
      {connection === "lost" ? (
        "The connection is lost. What runs goes on, and is saved. Reconnecting…"
      ) : (
        <>
          You are signed out. What runs goes on, and is saved.{" "}
          <Link href={`/login?next=${encodeURIComponent(back)}`} className="text-ink underline underline-offset-4">
            Sign in
          </Link>{" "}
          here or in another tab, and this page goes on.
        </>
      )}
    </p>
  );
}
