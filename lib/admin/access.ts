import "server-only";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { askToSignInAgain, requirePageUser, type User } from "@/lib/auth";
import { createCache } from "@/lib/cache";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { isLoopback } from "@/lib/security/private-host";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { adminClient } from "@/lib/supabase/admin-client";
import { readAuthSettings } from "@/lib/supabase/auth-settings";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";

/**
 * What the signed-in user may do as an administrator. `none`: nothing. `second_factor`: everything, after the code of an
 * authenticator app. `sign_in_again`: everything, after a new sign-in. `granted`: everything now.
 */
const Access = z.enum(["none", "second_factor", "sign_in_again", "granted"]);
type Access = z.infer<typeof Access>;

const known = createCache<Access>({ ttl: 60_000, max: 10_000 });

/**
 * Whether to show the link to the pages for administrators. The result may be a minute old, and is false if the database is
 * unavailable. The link gives no rights, because each SQL function for administrators checks the rights itself.
 */
export async function showsAdministration(user: User): Promise<boolean> {
  try {
    return (await known(user.id, () => readAccess(user))) !== "none";
  } catch (error) {
    log.error("admin_access_unknown", { error });
    return false;
  }
}

/**
 * Returns the administrator who opens a page or calls a server action. Other users get a 404. An administrator who must first
 * enter a code from an authenticator app, or sign in again, is redirected to a page for that, and then to `path`.
 */
export async function requireAdminPage(path: string): Promise<User> {
  const user = await requirePageUser(path);
  const access = await readAccess(user);
  if (access === "none") notFound();
  const needsFactor = access === "second_factor" || (env().ADMIN_MFA && !user.hasSecondFactor);
  if (needsFactor) redirect(safeRedirect(`/login/second-factor?next=${encodeURIComponent(path)}`, "/login"));
  if (access !== "granted") askToSignInAgain(path);
  return user;
}

/**
 * Calls an SQL function with the rights of the signed-in administrator, and returns its result. Throws `sign_in_again` if the
 * database refuses these rights. Also throws the errors of `unwrap`.
 */
export async function callAsAdmin(name: string, parameters: object = {}): Promise<unknown> {
  const result = await (await createUserClient()).rpc(name, parameters);
  if (result.error?.code !== "42501") return unwrap(result);
  throw new AppError("sign_in_again", "Sign in again to continue.", { cause: result.error });
}

/**
 * Asks the database what the signed-in user may do as an administrator. If `ADMIN_EMAILS` contains the user's address, and the
 * address is proven (see `provesAddresses`), first makes the user an administrator.
 */
async function readAccess({ id, email }: User): Promise<Access> {
  const ask = async () => Access.parse(unwrap(await (await createUserClient()).rpc("admin_access")));
  const access = await ask();
  if (access !== "none" || !env().ADMIN_EMAILS.includes(email.toLowerCase()) || !(await provesAddresses()))
    return access;
  unwrap(await adminClient().rpc("seed_admin", { p_user: id, p_email: email }));
  return ask();
}

/**
 * Whether we can trust that a user owns the confirmed address of the account. We cannot if Supabase confirms addresses without
 * sending an e-mail, because then anyone can sign up with any address. During development, and if both services are the local
 * ones of the sandbox, the result is always true.
 */
async function provesAddresses(): Promise<boolean> {
  const { isSandbox, isProduction, NEXT_PUBLIC_SUPABASE_URL } = env();
  if (!isProduction || (isSandbox && isLoopback(NEXT_PUBLIC_SUPABASE_URL))) return true;
  const settings = await readAuthSettings();
  if (settings?.mailer_autoconfirm === false) return true;
  log.error("admin_emails_need_confirmation");
  return false;
}
