import type { Metadata } from "next";
import { AdminPage } from "@/components/admin/admin-page";
import { AuditFilters } from "@/components/admin/audit-filters";
import { AuditTable } from "@/components/admin/audit-table";
import { OlderLink } from "@/components/admin/older-link";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requireAdminPage } from "@/lib/admin/access";
import { listAuditLog } from "@/lib/admin/audit-log";
import { AuditFilter } from "@/lib/admin/schema";

export const metadata: Metadata = { title: "Log" };

const path = "/dashboard/admin/log";

/** Lists every change that an administrator has made, newest first. */
export default async function LogPage({ searchParams }: PageProps<"/dashboard/admin/log">) {
  const { cursor: given, ...query } = await searchParams;
  const filter = AuditFilter.parse(query);
  const cursor = typeof given === "string" ? given : undefined;
  await requireAdminPage(pathWithQuery(path, { ...filter, cursor }));
  const { entries, next } = await listAuditLog({ filter, cursor });
  return (
    <AdminPage current="Log">
      <AuditFilters filter={filter} />
      <AuditTable entries={entries} />
      <OlderLink path={path} query={filter} next={next} />
    </AdminPage>
  );
}
