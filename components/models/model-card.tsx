import Link from "next/link";
import { buttonClass } from "@/components/ui/button";

type ModelCardProps = { id: string; title: string; description: string };

export function ModelCard({ id, title, description }: ModelCardProps) {
  return (
    <li className="flex flex-col rounded border bg-surface p-5 transition-colors hover:border-edge">
      <h3 className="text-[15px] font-medium">{title}</h3>
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
