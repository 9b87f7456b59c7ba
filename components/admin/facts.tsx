import type { ReactNode } from "react";

export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="mt-5 grid grid-cols-2 gap-x-8 gap-y-3 lg:grid-cols-3">
      {facts.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="text-[12px] text-muted">{name}</dt>
          <dd className="text-[13px] wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
