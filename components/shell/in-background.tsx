"use client";

import { RetryBrokenImages } from "./fetch-lost-pictures";
import { HeldLink } from "./held-link";
import { SamePerson } from "./same-person";
import { ShortcutKeys } from "./shortcut-keys";

/** What attends to every page of the studio, and is seen only when there is need. `person` is whose page it is. */
export function InBackground({ person }: { person: string | null }) {
  return (
    <>
      <ShortcutKeys />
      <RetryBrokenImages />
      <HeldLink />
      <SamePerson id={person} />
    </>
  );
}
