import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";

type OlderLinkProps = {
  path: "/dashboard/admin" | "/dashboard/admin/reports" | "/dashboard/admin/log";
  /** The query of this page, such as its filters, but without its cursor. The link keeps this query. */
  query: Record<string, string | undefined>;
  /** The cursor of the next page. If it is null, there is no next page, and no link is shown. */
  next: string | null;
};

/** A link to the next page of a list. The next page shows older entries. */
export function OlderLink({ path, query, next }: OlderLinkProps) {
  if (!next) return null;
  return (
    <Link href={pathWithQuery(path, { ...query, cursor: next })} className={`self-start ${buttonClass()}`}>
      Show older
    </Link>
  );
}
