/** What failed because nobody is signed in any more: it leads back to what is open here. */
export class SignedOut extends Error {
  override name = "SignedOut";
}

export function SignedOutNote() {
  const here = window.location.pathname + window.location.search;
  return (
    <>
      You are signed out.{" "}
      <a
        href={`/login?next=${encodeURIComponent(here)}`}
        className="inline-flex items-center underline underline-offset-4 pointer-coarse:min-h-10"
      >
        Sign in
      </a>{" "}
      here or in another tab, then try again.
    </>
  );
}
