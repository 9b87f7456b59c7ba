import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

/** A name and a value in a list of facts. */
export function Fact({ name, value, copies = false }: { name: string; value: ReactNode; copies?: boolean }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-h-7 min-w-0 items-center gap-1 font-mono text-xs tabular-nums">
        <span className="line-clamp-4 min-w-0 break-words">{value}</span>
        {copies && typeof value === "string" ? <CopyButton text={value} label={name.toLowerCase()} /> : null}
      </dd>
    </>
  );
}
