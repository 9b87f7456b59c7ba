import { sql, type ColumnType, type Kysely, type RawBuilder } from "kysely";
import type { z } from "zod";

/** The type of a column that is written as an ISO 8601 time. */
type Time = ColumnType<unknown, string | null | undefined, string | null>;
/** The type of a column that is written as JSON text. */
type Json = ColumnType<unknown, string, string>;
type Text = ColumnType<unknown, string | null | undefined, string | null>;

export type Tables = {
  "auth.users": {
    id: string;
    aud: Text;
    role: Text;
    email: Text;
    encrypted_password: Text;
    email_confirmed_at: Time;
    invited_at: Time;
    confirmation_token: Text;
    confirmation_sent_at: Time;
    recovery_token: Text;
    recovery_sent_at: Time;
    email_change: Text;
    email_change_token_new: Text;
    email_change_token_current: Text;
    email_change_sent_at: Time;
    email_change_confirm_status: ColumnType<unknown, number | undefined, number>;
    reauthentication_token: Text;
    reauthentication_sent_at: Time;
    raw_app_meta_data: Json;
    raw_user_meta_data: Json;
    banned_until: Time;
    deleted_at: Time;
    last_sign_in_at: Time;
    created_at: Time;
    updated_at: Time;
  };
  "auth.identities": {
    id: string;
    provider: string;
    provider_id: string;
    user_id: string;
    identity_data: Json;
    last_sign_in_at: Time;
    updated_at: Time;
  };
  "auth.sessions": {
    id: string;
    user_id: string;
    aal: Text;
    factor_id: Text;
    user_agent: Text;
    ip: Text;
    refreshed_at: Time;
    updated_at: Time;
  };
  "auth.refresh_tokens": {
    id: string;
    token: string;
    user_id: string;
    session_id: string;
    parent: Text;
    revoked: ColumnType<unknown, boolean | undefined, boolean>;
    updated_at: Time;
  };
  "auth.one_time_tokens": {
    id: string;
    user_id: string;
    token_type: string;
    token_hash: string;
    relates_to: string;
  };
  "auth.flow_state": {
    id: string;
    user_id: Text;
    auth_code: Text;
    authentication_method: string;
    code_challenge: Text;
    code_challenge_method: Text;
    provider_type: string;
    provider_access_token: Text;
    provider_refresh_token: Text;
    auth_code_issued_at: Time;
    referrer: Text;
    linking_target_id: Text;
  };
  "auth.mfa_factors": {
    id: string;
    user_id: string;
    friendly_name: Text;
    factor_type: string;
    status: string;
    secret: Text;
    created_at: Time;
    updated_at: Time;
    last_challenged_at: Time;
  };
  "auth.mfa_challenges": {
    id: string;
    factor_id: string;
    created_at: Time;
    verified_at: Time;
    ip_address: string;
  };
  "auth.audit_log_entries": { id: string; payload: Json };
};
export type Db = Kysely<Tables>;

export const now = () => new Date().toISOString();

/**
 * Runs a query with one column, `item`, and returns the item of each row, parsed with the schema. The column must be JSON,
 * because Postgres and PGlite return times in different forms, except in JSON.
 */
export async function select<Item extends z.ZodType>(
  db: Db,
  schema: Item,
  query: RawBuilder<{ item: unknown }>,
): Promise<z.infer<Item>[]> {
  const { rows } = await query.execute(db);
  return rows.map(({ item }) => schema.parse(item));
}

export async function selectFirst<Item extends z.ZodType>(db: Db, schema: Item, query: RawBuilder<{ item: unknown }>) {
  const [item] = await select(db, schema, sql`${query} limit 1`);
  return item ?? null;
}
