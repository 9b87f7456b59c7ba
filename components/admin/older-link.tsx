import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";

type OlderLinkProps = {
  path: "/dashboard/admin" | "/dashboard/admin/reports" | "/dashboard/admin/log";
  /** The query of the page without its cursor, for example its filters. The next page gets the same query. */
  query: Record<string, string | undefined>;
  /** The cursor of the next page. Null: there is none, and no link. */
  next: string | null;
};

/** A link to the next page of a list, which has the older entries. */
export function OlderLink({ path, query, next }: OlderLinkProps) {
  if (!next) return null;
  return (
    <Link href={pathWithQuery(path, { ...query, cursor: next })} className={`self-start ${buttonClass()}`}>
      Show older
    </Link>
  );
}
