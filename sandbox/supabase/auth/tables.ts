/**
 * The tables of Supabase Auth that @supabase/lite does not create, with the names and columns of the real server. Each statement
 * can run again.
 * Source: https://github.com/supabase/auth/tree/master/migrations
 */
export const AUTH_TABLES = [
  `create table if not exists auth.mfa_amr_claims (
    id uuid primary key default gen_random_uuid(),
    session_id uuid not null references auth.sessions (id) on delete cascade,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    authentication_method text not null,
    constraint mfa_amr_claims_session_id_authentication_method_pkey unique (session_id, authentication_method)
  )`,
];
