"use client";

import { CopyButton } from "@/components/ui/copy-button";

/** The link of a shared image, to open or to copy. */
export function ShareLink({ token }: { token: string }) {
  const path = `/s/${token}`;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[13px] text-muted">
      <CopyButton text={new URL(path, window.location.href).href} label="link" showLabel />
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
      >
        Public page
      </a>
      <span className="w-full">Whoever has the link can see it.</span>
    </div>
  );
}
