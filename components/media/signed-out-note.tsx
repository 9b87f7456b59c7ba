type SignedOutNoteProps = {
  /** What to do afterwards. */
  then: string;
  /** For a place that leaving the page would remove. */
  inNewTab?: boolean;
};

/** Says that the session is over. Signing in leads back to what is open here. */
export function SignedOutNote({ then, inNewTab = false }: SignedOutNoteProps) {
  const here = window.location.pathname + window.location.search;
  return (
    <>
      You are signed out.{" "}
      <a
        href={`/login?next=${encodeURIComponent(here)}`}
        className="inline-flex items-center underline underline-offset-4 pointer-coarse:min-h-10"
        {...(inNewTab && { target: "_blank", rel: "noreferrer" })}
      >
        Sign in
      </a>{" "}
      {inNewTab ? "in another tab" : "here or in another tab"}, then {then}.
    </>
  );
}
