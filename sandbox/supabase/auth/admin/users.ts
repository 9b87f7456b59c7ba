import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { now } from "../database.ts";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { requireAdmin } from "../sessions/require-user.ts";
import { parseDuration } from "../settings.ts";
import { setPassword } from "../endpoints/user.ts";
import { requireEmail } from "../users/email-address.ts";
import { emailIdentityData, insertIdentity, updateIdentity } from "../users/identities.ts";
import { confirmUser } from "../users/one-time-tokens.ts";
import { hashPassword, randomPassword, requireStrongPassword } from "../users/passwords.ts";
import { presentListedUser, presentUser } from "../users/present-user.ts";
import {
  findUserByAnyEmail,
  findUserById,
  findUsers,
  insertUser,
  mergeData,
  requireUserById,
  updateUser,
  type User,
} from "../users/user.ts";

const Data = z.record(z.string(), z.unknown()).nullish();
const Body = z.object({
  id: z.string().optional(),
  email: z.string().default(""),
  password: z.string().nullish(),
  email_confirm: z.boolean().default(false),
  user_metadata: Data,
  app_metadata: Data,
  ban_duration: z.string().default(""),
  role: z.string().default(""),
});
const EXISTS = "A user with this email address has already been registered";

/** Returns the user whose id is in the path. Throws if the caller is not an administrator, or if the user does not exist. */
export async function requireTarget(call: AuthRequest): Promise<User> {
  requireAdmin(call);
  const [id = ""] = call.ids;
  if (!z.uuid().safeParse(id).success) throw new AuthError(404, "validation_failed", "user_id must be an UUID");
  const user = await findUserById(call.db, id);
  if (!user) throw new AuthError(404, "user_not_found", "User not found");
  return user;
}

/** GET /admin/users: lists the users, newest first. `filter` is a part of the e-mail address. */
export async function listUsers(call: AuthRequest): Promise<Response> {
  requireAdmin(call);
  const { searchParams } = call.url;
  const page = readNumber(searchParams.get("page"), 1);
  const perPage = readNumber(searchParams.get("per_page"), 50);
  const filter = searchParams.get("filter");
  const where = filter ? sql`where u.email like ${`%${filter}%`}` : sql``;
  const users = await findUsers(
    call.db,
    sql`${where} order by u.created_at desc limit ${perPage} offset ${(page - 1) * perPage}`,
  );
  const { rows } = await sql<{ total: unknown }>`select count(*)::int as total from auth.users u ${where}`.execute(
    call.db,
  );
  const total = Number(rows[0]?.total);
  const lastPage = Math.ceil(total / perPage);
  const link = (target: number, rel: string) => {
    const query = new URLSearchParams(searchParams);
    query.set("page", String(target));
    query.sort();
    return `</admin/users?${query.toString()}>; rel="${rel}"`;
  };
  const links = [...(lastPage > page ? [link(page + 1, "next")] : []), link(lastPage, "last")];
  const headers = { "x-total-count": String(total), link: links.join(", ") };
  return Response.json({ users: users.map(presentListedUser), aud: "authenticated" }, { headers });
}

function readNumber(text: string | null, fallback: number): number {
  if (!text) return fallback;
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw invalid(`Bad Pagination Parameters: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** POST /admin/users */
export async function createUser(call: AuthRequest) {
  requireAdmin(call);
  const { db } = call;
  const body = readBody(call, Body);
  if (!body.email) throw invalid("Cannot create a user without either an email or phone");
  const email = requireEmail(body.email);
  if (await findUserByAnyEmail(db, email)) throw new AuthError(422, "email_exists", EXISTS);
  const passwordHash = hashPassword(body.password || randomPassword());
  const data = body.user_metadata ?? {};
  const { id } = await insertUser(db, { email, passwordHash, provider: "email", data, id: body.id });
  await insertIdentity(db, id, "email", emailIdentityData(id, email));
  if (body.email_confirm) await confirmUser(db, await requireUserById(db, id));
  return applyDetails(call, id, { ...body, user_metadata: null });
}

export async function getUser(call: AuthRequest) {
  return presentUser(await requireTarget(call));
}

/** PUT /admin/users/:id: changes a user. A new password ends all sessions of the user. */
export async function changeUser(call: AuthRequest) {
  const { db } = call;
  const target = await requireTarget(call);
  const body = readBody(call, Body);
  const email = body.email && requireEmail(body.email);
  if (typeof body.password === "string") requireStrongPassword(body.password, call.settings);
  readBan(body.ban_duration);
  if (email && (await findUserByAnyEmail(db, email, target.id)) && email !== target.email) {
    throw new AuthError(500, "unexpected_failure", "Error updating user");
  }
  if (body.email_confirm) await confirmUser(db, target);
  if (body.password) await setPassword(call, target.id, body.password, null);
  if (email) {
    const identity = target.identities.find(({ provider }) => provider === "email");
    const isVerified = body.email_confirm;
    if (identity) await updateIdentity(db, identity, { email, email_verified: isVerified });
    else await insertIdentity(db, target.id, "email", emailIdentityData(target.id, email, isVerified));
    await updateUser(db, target.id, { email });
  }
  return applyDetails(call, target.id, body);
}

async function applyDetails({ db }: AuthRequest, id: string, body: z.infer<typeof Body>) {
  const user = await requireUserById(db, id);
  const { app_metadata, user_metadata } = body;
  const ban = readBan(body.ban_duration);
  const until = ban && new Date(Date.now() + ban).toISOString();
  await updateUser(db, id, {
    ...(body.role && { role: body.role }),
    ...(app_metadata && { raw_app_meta_data: mergeData(user.raw_app_meta_data, app_metadata) }),
    ...(user_metadata && { raw_user_meta_data: mergeData(user.raw_user_meta_data, user_metadata) }),
    ...(ban !== null && { banned_until: until || null }),
  });
  return presentUser(await requireUserById(db, id));
}

/** Returns how long a ban lasts (ms). 0 removes a ban, and null leaves it unchanged. */
function readBan(duration: string): number | null {
  if (duration === "") return null;
  if (duration === "none") return 0;
  try {
    return parseDuration(duration);
  } catch (error) {
    throw invalid(`invalid format for ban duration: ${error instanceof Error ? error.message : ""}`);
  }
}

/** DELETE /admin/users/:id. With `should_soft_delete`, the account stays, but loses its address, data and sessions. */
export async function deleteUser(call: AuthRequest) {
  const { db } = call;
  const user = await requireTarget(call);
  if (!readBody(call, z.object({ should_soft_delete: z.boolean().default(false) })).should_soft_delete) {
    await db.deleteFrom("auth.users").where("id", "=", user.id).execute();
    return {};
  }
  if (user.deleted_at) return {};
  const hide = (value: string) =>
    createHash("sha256")
      .update(user.id + value)
      .digest("base64url");
  await updateUser(db, user.id, {
    email: hide(user.email ?? ""),
    email_change: hide(user.email_change ?? ""),
    encrypted_password: null,
    confirmation_token: "",
    recovery_token: "",
    email_change_token_current: "",
    email_change_token_new: "",
    deleted_at: now(),
    raw_user_meta_data: "{}",
    raw_app_meta_data: "{}",
  });
  for (const { id, provider_id } of user.identities) {
    const provider = createHash("sha256")
      .update(id + provider_id)
      .digest("base64url");
    const hidden = { identity_data: "{}", provider_id: provider };
    await db.updateTable("auth.identities").set(hidden).where("id", "=", id).execute();
  }
  for (const table of ["auth.one_time_tokens", "auth.mfa_factors", "auth.sessions"] as const) {
    await sql`delete from ${sql.table(table)} where user_id = ${user.id}`.execute(db);
  }
  return {};
}
