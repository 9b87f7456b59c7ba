"use client";

import { useEffect } from "react";

/**
 * Supabase may put an error into the fragment of the URL, which browsers do not send to the server. This component opens the
 * page again with the error in the query.
 */
export function FragmentErrorReader() {
  useEffect(() => {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const code = fragment.get("error_code") ?? fragment.get("error");
    if (code) location.replace(`${location.pathname}?error_code=${encodeURIComponent(code)}`);
  }, []);
  return null;
}
