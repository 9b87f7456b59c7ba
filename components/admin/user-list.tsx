import Form from "next/form";
import Link from "next/link";
import { formatBytes, plural } from "@/components/ui/format";
import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { SearchInput } from "@/components/ui/search-input";
import type { AdminUser } from "@/lib/admin/schema";
import { OlderLink } from "./older-link";

const path = "/dashboard/admin";

export function UserSearch({ q }: { q: string | undefined }) {
  return (
    <Form action={path} role="search" className="relative w-full sm:w-80">
      <SearchInput label="Search by e-mail or id" defaultValue={q} maxLength={254} />
    </Form>
  );
}

type UserListProps = { users: AdminUser[]; next: string | null; q: string | undefined };

/** A page of users. Each row links to the page of its user. */
export function UserList({ users, next, q }: UserListProps) {
  if (users.length === 0) return <p className="text-muted">{q ? `No user matches “${q}”.` : "No more users."}</p>;
  return (
    <div className="flex flex-col gap-6">
      <table className="w-full table-fixed text-left text-[13px]">
        <thead className="text-muted">
          <tr className="border-b">
            <Head className="w-auto">User</Head>
            <Head className="w-28 text-right sm:w-32">Today</Head>
            <Head className="hidden w-32 text-right sm:table-cell">30 days</Head>
            <Head className="hidden w-24 text-right md:table-cell">Stored</Head>
            <Head className="hidden w-40 text-right lg:table-cell">Last sign-in</Head>
            <Head className="hidden w-40 text-right lg:table-cell">Created</Head>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </tbody>
      </table>
      <OlderLink path={path} query={{ q }} next={next} />
    </div>
  );
}

function Head({ className, children }: { className: string; children: string }) {
  return (
    <th scope="col" className={`py-2 pl-3 font-normal first:pl-0 ${className}`}>
      {children}
    </th>
  );
}

const cell = "py-2 pl-3 text-right align-top text-[12px] leading-6 tabular-nums";

function UserRow({ user }: { user: AdminUser }) {
  return (
    <tr className="border-b">
      <th scope="row" className="py-2 font-normal">
        <Link
          href={`${path}/users/${user.id}`}
          className="inline-flex max-w-full items-center underline-offset-4 hover:underline pointer-coarse:min-h-10"
        >
          <span className="truncate">{nameOf(user)}</span>
        </Link>
        <UserMarks user={user} />
      </th>
      <td className={cell}>{describeUsage(user.today)}</td>
      <td className={`${cell} hidden sm:table-cell`}>{describeUsage(user.month)}</td>
      <td className={`${cell} hidden md:table-cell`}>{formatBytes(user.stored_bytes)}</td>
      <td className={`${cell} hidden lg:table-cell`}>
        {user.last_sign_in_at ? <LocalTime iso={user.last_sign_in_at} withDay /> : "never"}
      </td>
      <td className={`${cell} hidden lg:table-cell`}>
        <LocalTime iso={user.created_at} withDay />
      </td>
    </tr>
  );
}

export function nameOf({ email, id }: Pick<AdminUser, "email" | "id">) {
  return email ?? id;
}

/** Returns a usage in words, such as "12 images, $0.40". */
export function describeUsage({ images, usd }: AdminUser["today"]) {
  return usd === 0 && images === 0 ? "none" : `${plural(images, "image")}, ${formatUsd(usd)}`;
}

const mark = "rounded-sm border px-1.5 py-px text-[11px] leading-4";

/** Small marks beside the name of a user: blocked, administrator, not confirmed. */
export function UserMarks({ user }: { user: Pick<AdminUser, "is_admin" | "is_blocked" | "is_confirmed"> }) {
  if (!user.is_blocked && !user.is_admin && user.is_confirmed) return null;
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {user.is_blocked ? <span className={`${mark} border-danger/50 text-danger`}>Blocked</span> : null}
      {user.is_admin ? <span className={`${mark} border-edge/60 text-muted`}>Administrator</span> : null}
      {user.is_confirmed ? null : <span className={`${mark} border-risk/50 text-risk`}>Not confirmed</span>}
    </span>
  );
}
