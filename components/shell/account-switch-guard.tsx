"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";

const key = "person";

/**
 * Draws the page anew when somebody else has signed in, or this person has signed out, in another tab or window: nothing of
 * theirs may join what is shown here, and nothing of this one's may stay. Each page notes whose it is, and the others hear
 * of it.
 */
export function AccountSwitchGuard({ id }: { id: string | null }) {
  const router = useRouter();

  useEffect(() => {
    if (id === null) return;
    const look = () => {
      const now = lastPerson();
      if (now !== null && now !== id) router.refresh();
    };
    note(id);
    window.addEventListener("storage", look);
    // A page that was frozen meanwhile has heard nothing.
    window.addEventListener("pageshow", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("storage", look);
      window.removeEventListener("pageshow", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [id, router]);

  return null;
}

/** Notes that this is nobody's page: where signing out leads to. */
export function Nobody() {
  useEffect(() => note(""), []);
  return null;
}

function lastPerson() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function note(id: string) {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Storage is switched off: the lists that are asked for still say whose they are.
  }
}
