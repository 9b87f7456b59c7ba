"use client";

import { RetryBrokenImages } from "./retry-broken-images";
import { HeldLink } from "./held-link";
import { AccountSwitchGuard } from "./account-switch-guard";
import { ShortcutKeys } from "./shortcut-keys";

/** What attends to every page of the studio, and is seen only when there is need. `person` is whose page it is. */
export function GlobalEffects({ person }: { person: string | null }) {
  return (
    <>
      <ShortcutKeys />
      <RetryBrokenImages />
      <HeldLink />
      <AccountSwitchGuard id={person} />
    </>
  );
}
