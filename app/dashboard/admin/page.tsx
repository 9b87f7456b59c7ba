import type { Metadata } from "next";
import { AdminPage } from "@/components/admin/admin-page";
import { InviteForm } from "@/components/admin/invite-form";
import { UserList, UserSearch } from "@/components/admin/user-list";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requireAdminPage } from "@/lib/admin/access";
import { listUsers } from "@/lib/admin/users";
import { env } from "@/lib/env";
import { inviteUserByEmail } from "./actions";

export const metadata: Metadata = { title: "Users" };

/** Lists all users, newest first. With `?q=`, lists only the users that the search finds. */
export default async function UsersPage({ searchParams }: PageProps<"/dashboard/admin">) {
  const query = await searchParams;
  const [q, cursor] = [query.q, query.cursor].map((value) => (typeof value === "string" ? value.trim() : undefined));
  await requireAdminPage(pathWithQuery("/dashboard/admin", { q, cursor }));
  const { users, next } = await listUsers({ search: q, cursor });
  return (
    <AdminPage current="Users" notice={query.notice}>
      <div className="flex flex-wrap justify-between gap-4">
        <UserSearch q={q} />
        {env().SIGN_UP === "open" ? null : <InviteForm action={inviteUserByEmail} />}
      </div>
      <UserList users={users} next={next} q={q} />
    </AdminPage>
  );
}
