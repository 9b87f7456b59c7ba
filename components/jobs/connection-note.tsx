import Link from "next/link";
import type { Connection } from "./poll-active";

/** Says that the connection is lost or the user is signed out. `back`: the path to which the user returns after sign-in. */
export function ConnectionNote({ connection, back }: { connection: Connection; back: string }) {
  if (connection === "open") return null;
  return (
    <p role="status" className="mb-4 text-[13px] text-pretty text-muted">
      {connection === "lost" ? (
        "The connection is lost. Everything that you started continues, and its results are saved. Reconnecting…"
      ) : (
        <>
          You are signed out. Everything that you started continues, and its results are saved.{" "}
          <Link href={`/login?next=${encodeURIComponent(back)}`} className="text-ink underline underline-offset-4">
            Sign in
          </Link>{" "}
          here or in another tab. Then this page continues.
        </>
      )}
    </p>
  );
}
