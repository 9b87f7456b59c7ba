import type { Metadata } from "next";
import Link from "next/link";
import { AdminPage } from "@/components/admin/admin-page";
import { OlderLink } from "@/components/admin/older-link";
import { ReportCard } from "@/components/admin/report-card";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requireAdminPage } from "@/lib/admin/access";
import { listReports } from "@/lib/admin/reports";
import { allowSharing, dismiss, takeDown } from "./actions";

export const metadata: Metadata = { title: "Reports" };

const path = "/dashboard/admin/reports";
const actions = { takeDown, dismiss, permit: allowSharing };

/** Lists the reports of shared files by visitors: the open ones or, with `?show=resolved`, the resolved ones. */
export default async function ReportsPage({ searchParams }: PageProps<"/dashboard/admin/reports">) {
  const query = await searchParams;
  const show = query.show === "resolved" ? "resolved" : undefined;
  const cursor = typeof query.cursor === "string" ? query.cursor : undefined;
  await requireAdminPage(pathWithQuery(path, { show, cursor }));
  const { reports, next } = await listReports({ isOpen: !show, cursor });
  const tabs = [
    { show: undefined, label: "Open" },
    { show: "resolved", label: "Resolved" },
  ];
  return (
    <AdminPage current="Reports" notice={query.notice}>
      <nav aria-label="Reports" className="-mx-3 flex">
        {tabs.map((tab) => (
          <Link
            key={tab.label}
            href={pathWithQuery(path, { show: tab.show })}
            aria-current={tab.show === show ? "true" : undefined}
            className="flex h-10 items-center rounded px-3 text-sm text-muted transition-colors hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink"
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      {reports.length === 0 ? (
        <p className="text-muted">{show ? "No report is resolved yet." : "There are no open reports."}</p>
      ) : (
        <ul className="flex flex-col gap-4">
          {reports.map((report) => (
            <ReportCard key={report.id} report={report} actions={actions} />
          ))}
        </ul>
      )}
      <OlderLink path={path} query={{ show }} next={next} />
    </AdminPage>
  );
}
