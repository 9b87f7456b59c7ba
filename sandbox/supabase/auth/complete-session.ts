import { sql, type Kysely } from "kysely";
import { z } from "zod";
import { readToken, signToken } from "./sign-token.ts";

const SIGN_IN = /^\/auth\/v1\/(signup|token|verify)$/;
const Session = z.looseObject({
  access_token: z.string(),
  user: z.looseObject({ app_metadata: z.unknown(), user_metadata: z.unknown() }),
});
const Claims = z.looseObject({ session_id: z.uuid() });

/**
 * Completes the response to a sign-in or a refresh. The access token gets the claims of the real server, such as `amr`: how
 * and when the user signed in, newest first. The session in the database gets the browser and the address of the request.
 */
export async function completeSession(request: Request, response: Response, db: Kysely<unknown>, secret: string) {
  if (!SIGN_IN.test(new URL(request.url).pathname) || response.status !== 200) return response;
  const body: unknown = await response.json();
  const session = Session.safeParse(body).data;
  if (!session) return Response.json(body, { headers: withoutLength(response.headers) });
  const claims = Claims.parse(readToken(session.access_token));
  const method = signInMethod(new URL(request.url));
  const isNew = method !== null;
  if (isNew) await addMethod(db, claims.session_id, method);
  await describeSession(db, claims.session_id, request, isNew);
  const access_token = signToken(
    {
      iss: `${new URL(request.url).origin}/auth/v1`,
      phone: "",
      ...claims,
      app_metadata: session.user.app_metadata,
      user_metadata: session.user.user_metadata,
      aal: "aal1",
      amr: await listMethods(db, claims.session_id),
      is_anonymous: false,
    },
    secret,
  );
  return Response.json({ ...session, access_token }, { headers: withoutLength(response.headers) });
}

/** The name of the real server for how the user signed in. Null for a refresh. */
function signInMethod({ pathname, searchParams }: URL): string | null {
  if (pathname.endsWith("/verify")) return "otp";
  const grant = searchParams.get("grant_type");
  if (grant === "refresh_token") return null;
  return grant === "pkce" ? "oauth" : "password";
}

async function addMethod(db: Kysely<unknown>, session: string, method: string): Promise<void> {
  await sql`insert into auth.mfa_amr_claims (session_id, authentication_method) values (${session}, ${method})
    on conflict (session_id, authentication_method) do update set updated_at = now()`.execute(db);
}

async function listMethods(db: Kysely<unknown>, session: string): Promise<unknown[]> {
  const { rows } =
    await sql`select authentication_method as method, floor(extract(epoch from updated_at))::int as timestamp
    from auth.mfa_amr_claims where session_id = ${session} order by updated_at desc`.execute(db);
  return rows;
}

async function describeSession(db: Kysely<unknown>, session: string, request: Request, isNew: boolean): Promise<void> {
  await sql`update auth.sessions set aal = coalesce(aal, 'aal1'),
    user_agent = ${request.headers.get("user-agent")},
    ip = ${request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "127.0.0.1"},
    refreshed_at = case when ${isNew} then null else now() at time zone 'utc' end
    where id = ${session}`.execute(db);
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("content-length");
  return kept;
}
