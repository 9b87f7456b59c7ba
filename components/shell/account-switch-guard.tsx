"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";
import { readStored, writeStored } from "@/components/ui/local-storage";

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

/** Tells the pages in other tabs that the user has signed out. */
export function SignedOutMarker() {
  useEffect(() => writeStored(key, ""), []);
  return null;
}
