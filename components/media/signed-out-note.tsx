/**
 * Says that the user is signed out, and what to do after sign-in (`then`). If `inNewTab` is true, the link opens a new tab, so
 * that this page stays open.
 */
export function SignedOutNote({ then, inNewTab = false }: { then: string; inNewTab?: boolean }) {
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
