import Link from "next/link";
import type { Connection } from "./polling";

/** Says that the page may be out of date, and what happens next. Signing in leads to the page `back`. */
export function ConnectionNote({ connection, back }: { connection: Connection; back: string }) {
  if (connection === "open") return null;
  return (
    <p role="status" className="mb-4 text-[13px] text-pretty text-muted">
      {connection === "lost" ? (
        "The connection is lost. Running images continue and are saved. Reconnecting…"
      ) : (
        <>
          You are signed out. Running images continue and are saved.{" "}
          <Link href={`/login?next=${encodeURIComponent(back)}`} className="text-ink underline underline-offset-4">
            Sign in
          </Link>{" "}
          here or in another tab, then this page continues.
        </>
      )}
    </p>
  );
}
