import type { ReactNode } from "react";

/** Shown in place of an empty list. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid place-items-center rounded border border-dashed px-6 py-20 text-center">
      <div className="max-w-sm">
        <h2 className="text-base font-medium">{title}</h2>
        <p className="mt-1.5 text-pretty text-muted">{children}</p>
        {action ? <div className="mt-6">{action}</div> : null}
      </div>
    </div>
  );
}
