"use client";

import { useEffect } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { MessagePage } from "./message-page";

/** Shown when a page could not be rendered. The link to `home` loads a full page, which resets all state. */
export function ErrorPage({ error, retry, home }: { error: unknown; retry: () => void; home: "/" | "/dashboard" }) {
  useEffect(() => {
    console.error(error);
  }, [error]);

  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="This page could not be loaded"
      actions={
        <>
          <button type="button" className={buttonClass({ variant: "primary" })} onClick={() => retry()}>
            Try again
          </button>
          <a href={home} className={buttonClass()}>
            {home === "/" ? "Go to the start page" : "Back to the studio"}
          </a>
        </>
      }
    >
      <p>Your files are safe, and everything that you started continues.</p>
      {digest ? <p className="mt-3 font-mono text-[12px]">Error reference: {digest}</p> : null}
    </MessagePage>
  );
}
