import type { ReactNode } from "react";

/** The header of a studio page: the title, a line about the page, and controls on the right. */
export function PageHeader({ title, about, children }: { title: string; about?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div>
        <h1 className="text-2xl font-medium tracking-tight">{title}</h1>
        {about ? <p className="mt-1.5 max-w-prose text-muted">{about}</p> : null}
      </div>
      {children}
    </header>
  );
}
