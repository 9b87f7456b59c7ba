import Link from "next/link";
import { buttonClass } from "@/components/ui/button";

type ModelCardProps = { id: string; title: string; description: string; tool: string | null };

export function ModelCard({ id, title, description, tool }: ModelCardProps) {
  return (
    <li className="flex flex-col rounded border bg-surface p-5 transition-colors hover:border-edge">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="text-[15px] font-medium">{title}</h2>
        {tool ? <span className="shrink-0 text-[12px] text-muted">Tool</span> : null}
      </div>
      <p className="mt-1 truncate font-mono text-[12px] text-muted">{id}</p>
      <p className="mt-4 text-pretty text-muted">{description}</p>
      <div className="mt-auto pt-6">
        <Link
          href={{ pathname: "/dashboard/generate", query: { model: id } }}
          aria-label={`Use ${title}`}
          className={buttonClass({ size: "sm" })}
        >
          Use
        </Link>
      </div>
    </li>
  );
}
