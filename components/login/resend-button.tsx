"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/use-hydrated";

/**
 * A button that requests the e-mail again. With JavaScript, the button counts down the seconds until the e-mail can be requested
 * again. Without JavaScript, the server's answer says how long the user must wait.
 */
export function ResendButton({ wait, isPending }: { wait: number; isPending: boolean }) {
  const [left, setLeft] = useState(wait);
  const isHydrated = useHydrated();
  const isCounting = isHydrated && left > 0;
  const label = isCounting ? `Send the e-mail again in ${left} s` : "Send the e-mail again";
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [isCounting]);
  return (
    <Button type="submit" variant="ghost" aria-disabled={isCounting || isPending} className="w-full tabular-nums">
      {isHydrated || wait === 0 ? label : `Send the e-mail again (possible after ${wait} s)`}
    </Button>
  );
}
