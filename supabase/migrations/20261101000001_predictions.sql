-- A prediction is ledger, job and state in one row. It exists before Replicate is asked for anything.

create table public.predictions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  replicate_id text unique,
  idempotency_key text not null,
  request_hash text not null,
  model text not null,
  version text,
  tool text,
  parent_image_id uuid,
  input jsonb not null,
  image_count integer not null default 1 check (image_count > 0),
  status text not null default 'starting'
    check (status in ('queued', 'starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted')),
  error text,
  error_code text,
  logs text not null default '',
  progress real check (progress between 0 and 1),
  output jsonb,
  metrics jsonb,
  output_expires_at timestamptz,
  saved_at timestamptz,
  save_error text,
  -- Set before the create request leaves. With no replicate_id beside it, nobody knows yet whether Replicate has it.
  sent_at timestamptz default now(),
  cancel_requested_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  attempts integer not null default 0,
  -- When somebody must look at the row again; null when nothing is left to do.
  next_at timestamptz default now(),
  -- Grows with each change that the owner can see: the ETag.
  revision integer not null default 1,
  created_at timestamptz(3) not null default now(), -- ms: what a cursor can carry
  started_at timestamptz,
  completed_at timestamptz,
  unique (user_id, idempotency_key)
);

comment on table public.predictions is 'What was asked of Replicate, how far it is, and whether its files are kept.';

create index predictions_history on public.predictions (user_id, created_at desc, id desc);
create index predictions_running on public.predictions (user_id)
  where status in ('queued', 'starting', 'processing') or (status = 'succeeded' and next_at is not null);
create index predictions_due on public.predictions (next_at) where next_at is not null;
create index predictions_durations on public.predictions (model, completed_at desc) where status = 'succeeded';

alter table public.predictions enable row level security;

create policy "Owners read their predictions" on public.predictions
  for select to authenticated using ((select auth.uid()) = user_id);

revoke all on public.predictions from anon, authenticated, public;
grant select on public.predictions to authenticated;
grant all on public.predictions to service_role;
