"use client";

import { CopyButton } from "@/components/ui/copy-button";

/** The link of a shared picture, to open or to copy. */
export function ShareLink({ token }: { token: string }) {
  const path = `/s/${token}`;
  return (
    <p className="flex items-center gap-1 text-[13px] text-muted">
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-w-0 items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
      >
        <span className="truncate">Public page</span>
      </a>
      <CopyButton text={new URL(path, window.location.href).href} label="link" />
      <span>Whoever has the link can see it.</span>
    </p>
  );
}
