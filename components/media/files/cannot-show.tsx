import type { ReactNode } from "react";

/** Takes the place of a file that cannot be shown. */
export function CannotShow({ children, download }: { children: ReactNode; download?: ReactNode }) {
  return (
    <div className="flex w-full max-w-sm flex-col items-center gap-4 rounded border border-dashed p-8 text-center text-sm">
      <p>{children} Download it to open it elsewhere.</p>
      {download}
    </div>
  );
}
