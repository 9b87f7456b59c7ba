import Link from "next/link";
import { LocalTime } from "@/components/ui/local-time";

type ModelVersionsProps = {
  model: string;
  versions: { id: string; createdAt: string }[];
  /** The version whose inputs the page shows. Null if the page shows the newest version of an official model. */
  shown: string | null;
};

/** The versions of a model. The link of a version opens this page with the inputs of that version and a button to use it. */
export function ModelVersions({ model, versions, shown }: ModelVersionsProps) {
  return (
    <section aria-labelledby="versions">
      <h2 id="versions" className="text-base font-medium">
        Versions
      </h2>
      {versions.length === 0 ? (
        <p className="mt-3 text-[13px] text-muted">
          Replicate does not list versions of this model. It always runs the newest one.
        </p>
      ) : (
        <ul className="mt-3 flex flex-col gap-1">
          {versions.map(({ id, createdAt }, index) => (
            <li key={id}>
              <Link
                href={{ pathname: `/dashboard/models/${model}`, query: { version: id } }}
                aria-current={id === shown ? "true" : undefined}
                className="flex min-h-10 items-center justify-between gap-3 rounded-sm border border-transparent px-3 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink aria-[current]:border-edge aria-[current]:bg-raised aria-[current]:text-ink"
              >
                <span className="font-mono">{id.slice(0, 12)}</span>
                <span>
                  {index === 0 ? "Newest · " : ""}
                  <LocalTime iso={createdAt} withDay />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
