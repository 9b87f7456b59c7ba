import type { Metadata } from "next";
import Link from "next/link";
import { AdminPage } from "@/components/admin/admin-page";
import { AuditFilters } from "@/components/admin/audit-filters";
import { AuditTable } from "@/components/admin/audit-table";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requireAdminPage } from "@/lib/admin/access";
import { listAuditLog } from "@/lib/admin/audit-log";
import { AuditFilter } from "@/lib/admin/schema";

export const metadata: Metadata = { title: "Log" };

const path = "/dashboard/admin/log";

/** Every change that an administrator has made, the newest first. */
export default async function LogPage({ searchParams }: PageProps<"/dashboard/admin/log">) {
  const { cursor: given, ...query } = await searchParams;
  const filter = AuditFilter.parse(query);
  const cursor = typeof given === "string" ? given : undefined;
  await requireAdminPage(pathWithQuery(path, { ...filter, cursor }));
  const { entries, next } = await listAuditLog({ filter, cursor });
  return (
    <AdminPage current="Log">
      <AuditFilters filter={filter} />
      <div>
        <AuditTable entries={entries} />
        {next ? (
          <Link href={pathWithQuery(path, { ...filter, cursor: next })} className={`mt-6 ${buttonClass()}`}>
            Show older
          </Link>
        ) : null}
      </div>
    </AdminPage>
  );
}
