import type { Connection } from "@supabase/lite";
import { sql, type Kysely } from "kysely";

/**
 * The longest time of one statement, as on a hosted project. `anon` and `authenticated` have limits of their own. Other roles,
 * such as `service_role`, have none, so for them the limit of `authenticator` applies (`TIME_LIMIT`). With this role, PostgREST
 * connects to the database.
 */
const TIME_LIMITS: Record<string, string> = { anon: "3s", authenticated: "8s" };
const TIME_LIMIT = "8s";

type Context = { auth?: { role?: string; uid?: string; jwt?: unknown }; storage?: { operation?: string } };
type RpcRequest = { method: string; path: string; requestHeaders?: Record<string, string> };

/**
 * Replaces the code of @supabase/lite that writes the caller and the request into settings of the transaction. The new code needs
 * one statement for the caller and one for the request. @supabase/lite needs eleven statements, which take most of the time of a
 * short request. `role` is set last, because everything after it runs with the rights of that role.
 */
export function setContextInOneStatement(connection: Connection): void {
  async function setCaller(database: Kysely<unknown>, { auth, storage }: Context) {
    const role = auth?.role || "anon";
    await sql`select
      set_config('request.jwt.claim.sub', ${auth?.uid ?? ""}, true),
      set_config('request.jwt.claim.role', ${role}, true),
      set_config('request.jwt.claims', ${JSON.stringify(auth?.jwt ?? {})}, true),
      set_config('storage.operation', ${storage?.operation ?? ""}, true),
      set_config('statement_timeout', ${TIME_LIMITS[role] ?? TIME_LIMIT}, true),
      set_config('role', ${role}, true)`.execute(database);
  }

  async function setRequest(database: Kysely<unknown>, { method, path, requestHeaders }: RpcRequest) {
    await sql`select
      set_config('response.status', '', true),
      set_config('response.headers', '', true),
      set_config('request.method', ${method}, true),
      set_config('request.path', ${path}, true),
      set_config('request.headers', ${JSON.stringify(requestHeaders ?? {})}, true)`.execute(database);
  }

  // These two methods of @supabase/lite are private, so any version may change them. For this reason, package.json must pin the
  // exact version of @supabase/lite.
  Reflect.set(connection, "applyJwtSessionContext", setCaller);
  Reflect.set(connection, "applyRpcRequestGucs", setRequest);
}
