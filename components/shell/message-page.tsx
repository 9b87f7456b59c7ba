import type { ReactNode } from "react";
import { Mark } from "./wordmark";

/** A page with one message: what happened, and what to do. */
export function MessagePage({ title, children, actions }: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <div className="grid min-h-[calc(100dvh-8rem)] place-items-center px-6 py-16">
      <div className="max-w-md text-center">
        <Mark className="mx-auto size-8 text-muted" />
        <h1 className="mt-8 text-2xl font-medium tracking-tight">{title}</h1>
        <div className="mt-3 text-[15px] text-pretty text-muted">{children}</div>
        <div className="mt-8 flex flex-wrap justify-center gap-3">{actions}</div>
      </div>
    </div>
  );
}
