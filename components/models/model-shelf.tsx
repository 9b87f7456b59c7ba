import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { ModelCard, type ListedModel } from "./model-card";

type ModelShelfProps = { title: string; about?: string; models: ListedModel[]; more?: string | null };

/** A titled list of models. `more` is the URL of the next page. */
export function ModelShelf({ title, about, models, more = null }: ModelShelfProps) {
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
      {more ? (
        <p className="mt-8 text-center">
          <Link
            href={{ pathname: "/dashboard/models", search: more.slice(more.indexOf("?")) }}
            className={buttonClass()}
          >
            Show more
          </Link>
        </p>
      ) : null}
    </section>
  );
}
