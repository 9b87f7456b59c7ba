import type { ReactNode } from "react";

/** Replaces a file that cannot be shown: gives the reason, and offers a download. */
export function CannotShow({ children, download }: { children: ReactNode; download?: ReactNode }) {
  return (
    <div className="flex w-full max-w-sm flex-col items-center gap-4 rounded border border-dashed p-8 text-center text-sm">
      <p>{children} Download the file to open it in another app.</p>
      {download}
    </div>
  );
}
