import "server-only";
import { z } from "zod";
import { pageOf, parseCursor } from "@/lib/cursor";
import type { UserLimits } from "@/lib/history/schema";
import { callAsAdmin } from "./access";
import { AdminUser } from "./schema";

const PAGE = 50;

/** What an SQL function that changes a user returns: `done`, or why nothing was changed. */
export const Outcome = z.enum(["done", "not_found", "is_admin", "is_blocked", "not_confirmed", "last_admin"]);
export type Outcome = z.infer<typeof Outcome>;

/**
 * Returns a page of users, the newest first: those whose e-mail address contains `search`, or whose id is `search`. An invalid
 * cursor is ignored.
 */
export async function listUsers({ search = "", cursor = "" }: { search?: string | undefined; cursor?: string }) {
  const [before = null, beforeId = null] = parseCursor(cursor) ?? [];
  const parameters = { p_search: search, p_before_at: before, p_before_id: beforeId, p_limit: PAGE + 1 };
  const { rows, next } = pageOf(z.array(AdminUser).parse(await callAsAdmin("list_users", parameters)), PAGE);
  return { users: rows, next };
}

/** Returns a user, or null if there is none with this id. */
export async function getUser(id: string): Promise<AdminUser | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return AdminUser.nullable().parse(await callAsAdmin("get_user", { p_user: id }));
}

/** Sets the limits of a user. If a limit is null, the limit in the settings of the installation applies. */
export async function setUserLimits(id: string, limits: UserLimits): Promise<Outcome> {
  return change("set_user_limits", { p_user: id, p_limits: limits });
}

/**
 * Blocks a user. Within five seconds, all sessions of the user end, and nobody can see what the user shares. Running predictions
 * are canceled. `reason` (1 to 500 characters) is shown only to administrators.
 */
export async function blockUser(id: string, reason: string): Promise<Outcome> {
  return change("block_user", { p_user: id, p_reason: reason });
}

/** Lets a blocked user sign in again, and makes the files that the user shares visible again. */
export async function unblockUser(id: string): Promise<Outcome> {
  return change("unblock_user", { p_user: id });
}

/** Makes a user an administrator. The user must have confirmed the e-mail address, and must not be blocked. */
export async function addAdmin(id: string): Promise<Outcome> {
  return change("add_admin", { p_user: id });
}

/** Ends the rights of an administrator, unless this is the last administrator. */
export async function removeAdmin(id: string): Promise<Outcome> {
  return change("remove_admin", { p_user: id });
}

async function change(name: string, parameters: object): Promise<Outcome> {
  return Outcome.parse(await callAsAdmin(name, parameters));
}
