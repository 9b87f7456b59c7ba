"use client";

import { useEffect } from "react";
import { AccountSwitchGuard } from "./account-switch-guard";
import { ShortcutKeys } from "./shortcut-keys";

/**
 * What every studio page does in the background: it loads broken images again, handles keyboard shortcuts, and checks that the
 * account is still the same. `userId` is the id of the user for whom the page was rendered.
 */
export function GlobalEffects({ userId }: { userId: string | null }) {
  // Loads broken images again when the network is back. Also does so when the page gets the focus, because the user may have
  // signed in again in another tab.
  useEffect(() => {
    window.addEventListener("online", retryBrokenImages);
    window.addEventListener("focus", retryBrokenImages);
    return () => {
      window.removeEventListener("online", retryBrokenImages);
      window.removeEventListener("focus", retryBrokenImages);
    };
  }, []);
  return (
    <>
      <ShortcutKeys />
      <AccountSwitchGuard userId={userId} />
    </>
  );
}

function retryBrokenImages() {
  for (const image of document.images) {
    const src = image.getAttribute("src");
    if (src && image.complete && image.naturalWidth === 0) image.setAttribute("src", src);
  }
}
