export type UndoState = "offered" | "failed" | "signedOut" | "late";

/** How it stands with the images that were deleted, and are still so. */
export function UndoWords({ state, count }: { state: UndoState; count: number }) {
  const one = count === 1;
  switch (state) {
    case "offered":
      return one ? "Image deleted" : `${count} images deleted`;
    case "failed":
      return `${one ? "The image is" : `${count} images are`} not back: that did not get through`;
    case "late":
      return `Too late to undo: ${one ? "the image is" : `${count} images are`} deleted for good`;
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
