import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AdminPage, Section } from "@/components/admin/admin-page";
import { AuditTable } from "@/components/admin/audit-table";
import { UserFacts } from "@/components/admin/user-facts";
import { AccessForms, LimitsForm } from "@/components/admin/user-forms";
import { requireAdminPage } from "@/lib/admin/access";
import { listAuditLog } from "@/lib/admin/audit-log";
import { getUser } from "@/lib/admin/users";
import { env } from "@/lib/env";
import { addAdministrator, block, removeAdministrator, setLimits, unblock } from "./actions";

export const metadata: Metadata = { title: "User" };

const MAX_ENTRIES = 10;

/** Shows one user: how much the user uses, the user's limits and rights, and what administrators have changed. */
export default async function UserPage({ params, searchParams }: PageProps<"/dashboard/admin/users/[id]">) {
  const { id } = await params;
  const admin = await requireAdminPage(`/dashboard/admin/users/${encodeURIComponent(id)}`);
  const user = (await getUser(id)) ?? notFound();
  const { entries, next } = await listAuditLog({ filter: { user: user.id }, limit: MAX_ENTRIES });
  const isSelf = user.id === admin.id;
  const { DAILY_IMAGES_PER_USER, DAILY_USD_PER_USER, MAX_IN_FLIGHT_PER_USER, STORAGE_GB_PER_USER } = env();
  const defaults = {
    images: DAILY_IMAGES_PER_USER,
    usd: DAILY_USD_PER_USER,
    running: MAX_IN_FLIGHT_PER_USER,
    storageGb: STORAGE_GB_PER_USER,
  };
  const actions = { block, unblock, add: addAdministrator, remove: removeAdministrator };
  return (
    <AdminPage current="Users" notice={(await searchParams).notice}>
      <UserFacts user={user} isSelf={isSelf} />
      <LimitsForm user={user} defaults={defaults} action={setLimits} />
      <AccessForms user={user} isSelf={isSelf} actions={actions} />
      <Section title="Log">
        <AuditTable entries={entries} />
        {next ? (
          <Link
            href={`/dashboard/admin/log?user=${user.id}`}
            className="mt-3 inline-flex min-h-10 items-center text-[13px] underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            All log entries about this user
          </Link>
        ) : null}
      </Section>
    </AdminPage>
  );
}
