"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";
import { readStored, writeStored } from "@/components/ui/local-storage";

const key = "user";

/**
 * Refreshes the page when the account changes in another tab or window, so that no page shows files of two users. Each page
 * writes the id of its user to local storage, and the other pages read it.
 */
export function AccountSwitchGuard({ userId }: { userId: string | null }) {
  const router = useRouter();

  useEffect(() => {
    if (userId === null) return;
    const check = () => {
      const current = readStored(key);
      if (current !== null && current !== userId) router.refresh();
    };
    writeStored(key, userId);
    window.addEventListener("storage", check);
    // If the page was frozen when the account changed, it has received no storage event. So the page also checks the account when
    // it is shown again.
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

/** Writes to local storage that the user has signed out. `AccountSwitchGuard` then refreshes the pages in other tabs. */
export function SignedOutMarker() {
  useEffect(() => writeStored(key, ""), []);
  return null;
}
