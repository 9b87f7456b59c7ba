"use client";

import { useEffect } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { MessagePage } from "./message-page";

/** Shown when rendering a page failed. The link to `home` reloads everything, so that broken state is gone. */
export function ErrorPage({ error, retry, home }: { error: unknown; retry: () => void; home: "/" | "/dashboard" }) {
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
      <p>Your images are safe, and running jobs continue.</p>
      {digest ? <p className="mt-3 font-mono text-[12px]">Reference {digest}</p> : null}
    </MessagePage>
  );
}
