"use client";

import { useEffect } from "react";
import { AccountSwitchGuard } from "./account-switch-guard";
import { retryBrokenImages } from "./retry-broken-images";
import { ShortcutKeys } from "./shortcut-keys";

/**
 * What every studio page does in the background: it loads broken images again, handles keyboard shortcuts, and checks that the
 * account is still the same. `userId` is the id of the user for whom the page was rendered.
 */
export function StudioBackground({ userId }: { userId: string | null }) {
  useEffect(retryBrokenImages, []);
  return (
    <>
      <ShortcutKeys />
      <AccountSwitchGuard userId={userId} />
    </>
  );
}
