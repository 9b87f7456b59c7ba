import Link from "next/link";
import type { Connection } from "./follow-active";

/** Says quietly that what is shown may be behind. */
export function ConnectionNote({ connection }: { connection: Connection }) {
  if (connection === "open") return null;
  return (
    <p role="status" className="mb-4 text-[13px] text-muted">
      {connection === "lost" ? (
        "Reconnecting…"
      ) : (
        <>
          You are signed out. What runs goes on, and is saved.{" "}
          <Link href="/login?next=/dashboard/generate" className="text-ink underline underline-offset-4">
            Sign in
          </Link>
        </>
      )}
    </p>
  );
}
