"use client";

import { lazy, Suspense, useEffect } from "react";
import { Keyboard } from "lucide-react";
import { useRouter } from "next/navigation";
import { createStore, useStore } from "@/components/ui/create-store";
import { readStored, writeStored } from "@/components/ui/local-storage";
import { menuItemClass } from "@/components/ui/menu";
import { navigation } from "@/lib/config";

// The list is loaded on demand, because few users open it.
const ShortcutList = lazy(() => import("./shortcut-list"));

const settingKey = "shortcuts";
// Whether the list of shortcuts is open. When the user leaves the studio, the last component unsubscribes from this store. The
// inner function then closes the list.
const isListOpen = createStore<boolean>(false, () => () => isListOpen.set(false));

/** An item of the account menu that opens the list of shortcuts, for users who do not know the `?` key. */
export function ShortcutsItem() {
  return (
    <button type="button" className={`${menuItemClass} pointer-coarse:hidden`} onClick={() => isListOpen.set(true)}>
      <Keyboard aria-hidden className="size-4 text-muted" />
      Keyboard shortcuts
    </button>
  );
}

/**
 * The studio's keyboard shortcuts. They do nothing while the user types, or while a dialog or menu is open. The keys that open
 * pages are in `navigation` of lib/config.ts. A new shortcut also needs an entry in shortcut-list.tsx.
 */
export function ShortcutKeys() {
  const router = useRouter();
  const isOpen = useStore(isListOpen, (value) => value);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const { key, target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const page = navigation.find((entry) => entry.key === key);
      if (isTyping(target) || document.querySelector("dialog[open], :popover-open")) return;
      if (key === "?") isListOpen.set(true);
      else if (!areLettersOn()) return;
      else if (key === "/") focusPromptOrSearch();
      else if (page) router.push(page.href);
      else return;
      event.preventDefault();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);

  return isOpen ? (
    <Suspense>
      <ShortcutList
        areLettersOn={areLettersOn()}
        onSwitch={(isOn) => writeStored(settingKey, isOn ? "on" : "off")}
        onClose={() => isListOpen.set(false)}
      />
    </Suspense>
  ) : null;
}

function isTyping(target: EventTarget | null) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"))
  );
}

function focusPromptOrSearch() {
  document.querySelector<HTMLElement>("[name='input.prompt'], input[type='search']")?.focus();
}

/** Whether single-letter shortcuts are on. Voice control can trigger them by accident, so users can switch them off. */
function areLettersOn() {
  return readStored(settingKey) !== "off";
}
