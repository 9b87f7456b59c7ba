export type UndoState = "offered" | "failed" | "signedOut" | "late";

/** How it stands with the pictures that were deleted, and are still so. */
export function UndoWords({ state, count }: { state: UndoState; count: number }) {
  const one = count === 1;
  switch (state) {
    case "offered":
      return one ? "Picture deleted" : `${count} pictures deleted`;
    case "failed":
      return `${one ? "The picture is" : `${count} pictures are`} not back: that did not get through`;
    case "late":
      return `Too late to undo: ${one ? "the picture is" : `${count} pictures are`} deleted for good`;
    case "signedOut":
      return (
        <>
          You are signed out. {/* Here it would take the bar away. */}
          <a
            href={`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center underline underline-offset-4 pointer-coarse:min-h-10"
          >
            Sign in
          </a>{" "}
          in another tab, then undo.
        </>
      );
  }
}
