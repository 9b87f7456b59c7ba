import type { Factor, Identity, User } from "./user.ts";

/** Returns the user as in a list of users: without identities and factors. */
export function presentListedUser(user: User): Record<string, unknown> {
  return { ...presentUser({ ...user, factors: [] }), identities: null };
}

/** Returns the user as in a response. As at the real server, members without a value are left out. */
export function presentUser(user: User): Record<string, unknown> {
  return withoutEmpty(
    {
      id: user.id,
      aud: user.aud ?? "",
      role: user.role ?? "",
      email: user.email ?? "",
      phone: "",
      app_metadata: user.raw_app_meta_data,
      user_metadata: user.raw_user_meta_data,
      identities: user.identities.map(presentIdentity),
      created_at: toTime(user.created_at),
      updated_at: toTime(user.updated_at),
      is_anonymous: user.is_anonymous,
    },
    {
      email_confirmed_at: toTime(user.email_confirmed_at),
      invited_at: toTime(user.invited_at),
      confirmation_sent_at: toTime(user.confirmation_sent_at),
      confirmed_at: toTime(user.confirmed_at),
      recovery_sent_at: toTime(user.recovery_sent_at),
      new_email: user.email_change,
      email_change_sent_at: toTime(user.email_change_sent_at),
      reauthentication_sent_at: toTime(user.reauthentication_sent_at),
      last_sign_in_at: toTime(user.last_sign_in_at),
      factors: user.factors.length > 0 ? user.factors.map(presentFactor) : null,
      banned_until: toTime(user.banned_until),
      deleted_at: toTime(user.deleted_at),
    },
  );
}

function presentIdentity(identity: Identity) {
  return withoutEmpty(
    {
      identity_id: identity.id,
      id: identity.provider_id,
      user_id: identity.user_id,
      identity_data: identity.identity_data,
      provider: identity.provider,
      created_at: toTime(identity.created_at),
      updated_at: toTime(identity.updated_at),
    },
    { last_sign_in_at: toTime(identity.last_sign_in_at), email: identity.email },
  );
}

export function presentFactor(factor: Factor) {
  return withoutEmpty(
    {
      id: factor.id,
      created_at: toTime(factor.created_at),
      updated_at: toTime(factor.updated_at),
      status: factor.status,
      factor_type: factor.factor_type,
      phone: "",
      last_challenged_at: toTime(factor.last_challenged_at),
    },
    { friendly_name: factor.friendly_name },
  );
}

function toTime(time: string | null): string | null {
  return time && new Date(time).toISOString();
}

function withoutEmpty(always: Record<string, unknown>, optional: Record<string, unknown>): Record<string, unknown> {
  return { ...always, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)) };
}
