"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { Keyboard } from "lucide-react";
import { useRouter } from "next/navigation";
import { menuItemClass } from "@/components/ui/menu";
import { areShortcutsOn } from "./shortcut-setting";

// Read by few, so it is fetched by those few.
const ShortcutList = lazy(() => import("./shortcut-list"));

const places = {
  n: "/dashboard/generate",
  g: "/dashboard/gallery",
  m: "/dashboard/models",
  h: "/dashboard/history",
} as const;

const listAsked = "darkroom:list-shortcuts";

/** Opens the list of keys: an item of the account's menu, for who does not know of the question mark. */
export function ShortcutsItem() {
  return (
    <button
      type="button"
      className={`${menuItemClass} pointer-coarse:hidden`}
      onClick={() => document.dispatchEvent(new Event(listAsked))}
    >
      <Keyboard aria-hidden className="size-4 text-muted" />
      Keyboard shortcuts
    </button>
  );
}

/** The studio's keys, wherever one is in it. Where somebody writes or a dialog is open they are letters as any other. */
export function ShortcutKeys() {
  const router = useRouter();
  const [isListed, setListed] = useState(false);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const { key, target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isBusy(target)) return;
      if (key === "?") setListed(true);
      else if (!areShortcutsOn()) return;
      else if (key === "/") focusWords();
      else if (isPlace(key)) router.push(places[key]);
      else return;
      event.preventDefault();
    }
    const list = () => setListed(true);
    document.addEventListener("keydown", onKey);
    document.addEventListener(listAsked, list);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener(listAsked, list);
    };
  }, [router]);

  return isListed ? (
    <Suspense>
      <ShortcutList onClose={() => setListed(false)} />
    </Suspense>
  ) : null;
}

function isPlace(key: string): key is keyof typeof places {
  return Object.hasOwn(places, key);
}

function isBusy(target: EventTarget | null) {
  const isWriting =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
  return isWriting || document.querySelector("dialog[open], :popover-open") !== null;
}

/** The prompt, or where there is none, the search. */
function focusWords() {
  const words = document.querySelector<HTMLElement>("[name='input.prompt'], input[type='search']");
  words?.focus();
}
