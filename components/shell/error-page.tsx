"use client";

import { useEffect } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { MessagePage } from "./message-page";

/** What a page shows when it could not be drawn. `home` is a full load: whatever broke starts afresh. */
export function Failure({ error, retry, home }: { error: unknown; retry: () => void; home: "/" | "/dashboard" }) {
  useEffect(() => {
    console.error(error);
  }, [error]);

  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="This page did not load"
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          <a href={home} className={buttonClass()}>
            {home === "/" ? "Start page" : "Back to the studio"}
          </a>
        </>
      }
    >
      <p>Your images are safe, and anything running goes on without this page.</p>
      {digest ? <p className="mt-3 font-mono text-[12px]">Reference {digest}</p> : null}
    </MessagePage>
  );
}
