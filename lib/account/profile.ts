import "server-only";
import { z } from "zod";
import { processState } from "@/lib/process-globals";
import { isRefusal } from "@/lib/auth";
import { AuthUser } from "@/lib/supabase/auth-user";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { createTokenClient, readToken } from "@/lib/supabase/user-client";

/**
 * A way to sign in. `provider` is `email`, or the name of another service. `email` is the user's e-mail address
 * at this service, or null if the service has not verified an address.
 */
const Identity = z
  .object({
    identity_id: z.uuid(),
    provider: z.string(),
    identity_data: z.object({ email: z.string().optional() }).nullish(),
  })
  .transform(({ identity_id: id, provider, identity_data }) => ({
    id,
    provider,
    email: identity_data?.email ?? null,
  }));
export type Identity = z.infer<typeof Identity>;

const Factor = z.object({ id: z.uuid(), status: z.string(), factor_type: z.string(), created_at: Timestamp });

const Profile = z
  .object({
    new_email: z.string().optional(),
    identities: z.array(Identity).nullish(),
    factors: z.array(Factor).nullish(),
  })
  .transform(({ new_email, identities, factors }) => ({
    newEmail: new_email || null,
    identities: identities ?? [],
    factors: (factors ?? []).filter(({ status, factor_type }) => status === "verified" && factor_type === "totp"),
  }));

/**
 * The signed-in user, with the data that Supabase has now. `newEmail` is a new address that the user has not confirmed yet.
 * `factors` are the authenticator apps that are set up.
 */
export type Profile = z.infer<typeof AuthUser> & z.infer<typeof Profile>;

/**
 * Returns the profile of the signed-in user. Returns null if nobody is signed in, for example because the session has just ended.
 * Throws `db_unavailable`.
 */
export async function getProfile(): Promise<Profile | null> {
  const token = await readToken();
  if (!token) return null;
  const { data, error } = await createTokenClient(token).auth.getUser(token);
  if (error && isRefusal(error)) {
    processState.users.forget(token);
    return null;
  }
  const user: unknown = unwrap({ data: data.user, error });
  return { ...AuthUser.parse(user), ...Profile.parse(user) };
}

/**
 * Drops the signed-in user from the cache of this process. The next request then reads the user from Supabase again. Call this
 * after the profile was changed.
 */
export async function forgetUser(): Promise<void> {
  const token = await readToken();
  if (token) processState.users.forget(token);
}
