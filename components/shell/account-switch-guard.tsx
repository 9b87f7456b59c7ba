"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";

const key = "user";

/**
 * Refreshes the page when the account changes in another tab or window, so that the images of two users never mix. Each page
 * writes the id of its user to local storage, and the other pages read it.
 */
export function AccountSwitchGuard({ userId }: { userId: string | null }) {
  const router = useRouter();

  useEffect(() => {
    if (userId === null) return;
    const check = () => {
      const current = readUser();
      if (current !== null && current !== userId) router.refresh();
    };
    writeUser(userId);
    window.addEventListener("storage", check);
    // A page that was frozen when the account changed has received no storage event.
    window.addEventListener("pageshow", check);
    document.addEventListener("visibilitychange", check);
    return () => {
      window.removeEventListener("storage", check);
      window.removeEventListener("pageshow", check);
      document.removeEventListener("visibilitychange", check);
    };
  }, [userId, router]);

  return null;
}

/** Tells the pages in other tabs that the user has signed out. */
export function SignedOutMarker() {
  useEffect(() => writeUser(""), []);
  return null;
}

function readUser() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeUser(id: string) {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Local storage is not available, so other pages cannot notice a change of account.
  }
}
