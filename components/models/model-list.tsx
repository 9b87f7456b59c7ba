import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { ModelCard, type ListedModel } from "./model-card";

type ModelListProps = { title: string; about?: string; models: ListedModel[] };

export function ModelList({ title, about, models }: ModelListProps) {
  if (models.length === 0) return null;
  return (
    <section className="mt-10">
      <h2 className="text-[13px] font-medium text-muted">{title}</h2>
      {about ? <p className="mt-1 max-w-prose text-muted">{about}</p> : null}
      <ul className="mt-4 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {models.map((listing) => (
          <ModelCard key={listing.model} listing={listing} />
        ))}
      </ul>
    </section>
  );
}

/** A link to the next page of search results. */
export function MoreModels({ href }: { href: Route }) {
  return (
    <p className="mt-8 text-center">
      <Link href={href} className={buttonClass()}>
        Show more
      </Link>
    </p>
  );
}
