"use client";

import { useEffect } from "react";

/**
 * Supabase may put an error into the fragment of the URL, which a server does not see. This component opens the page again with
 * the error in its query.
 */
export function FragmentErrorReader() {
  useEffect(() => {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const code = fragment.get("error_code") ?? fragment.get("error");
    if (code) location.replace(`${location.pathname}?error_code=${encodeURIComponent(code)}`);
  }, []);
  return null;
}
