-- Limits: limits of single users, the daily usage, the stored bytes, and rate limits that all servers share.

-- The limits that an administrator has set for a user, and whether the user is blocked. Without a row, or where a column is
-- null, the limits in the settings (environment variables) apply. The functions that change this table are in the migration
-- `administration`.
create table public.user_limits (
  user_id uuid primary key references auth.users (id) on delete cascade,
  daily_images integer check (daily_images >= 0),
  daily_usd numeric check (daily_usd >= 0),
  in_flight integer check (in_flight >= 1),
  storage_bytes bigint check (storage_bytes >= 0),
  -- Null: the user is not blocked.
  blocked_at timestamptz,
  -- Only administrators see this reason. The user does not see it.
  blocked_reason text check (char_length(blocked_reason) between 1 and 500)
);

comment on table public.user_limits is 'The limits that administrators have set for single users, and which users are blocked.';

alter table public.user_limits enable row level security;

revoke all on public.user_limits from anon, authenticated, public;
grant all on public.user_limits to service_role;

-- The images and US dollars that a user has used on a day (UTC). A prediction counts on the day on which it was created.
-- Images: the requested number, until the prediction ends. If it succeeds, the number of generated images counts instead. If
-- it fails or is canceled after its start, the requested images still count. If it never started, no images count.
-- US dollars: the cost of the run or, until the cost is known, the highest possible cost.
-- The row with user_id 00000000-… is the total of all users.
create table public.usage_daily (
  user_id uuid not null,
  day date not null,
  used integer not null default 0 check (used >= 0),
  usd numeric not null default 0 check (usd >= 0),
  primary key (user_id, day)
);

comment on table public.usage_daily is 'For the daily limits: how many images each user has used on a day (UTC), and their cost.';

alter table public.usage_daily enable row level security;

create policy "Owners read their usage" on public.usage_daily
  for select to authenticated using ((select auth.uid()) = user_id);

revoke all on public.usage_daily from anon, authenticated, public;
grant select on public.usage_daily to authenticated;
grant all on public.usage_daily to service_role;

-- Adds images and US dollars to the day's usage of the user and of all users. A negative number is a refund.
create function public.add_usage(p_user uuid, p_day date, p_images integer, p_usd numeric)
returns void language sql set search_path = '' as $$
  insert into public.usage_daily as usage (user_id, day, used, usd)
  -- The total comes first, as in start_prediction: if two transactions lock these rows in a different order, they can deadlock.
  values
    ('00000000-0000-0000-0000-000000000000', p_day, greatest(0, p_images), greatest(0, p_usd)),
    (p_user, p_day, greatest(0, p_images), greatest(0, p_usd))
  on conflict (user_id, day) do update
  set used = greatest(0, usage.used + p_images), usd = greatest(0, usage.usd + p_usd);
$$;

-- Whether the account is less than a day old. Security definer: the server has no rights on the schema auth.
create function public.is_new_account(p_user uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from auth.users where id = p_user and created_at > now() - interval '24 hours');
$$;

-- The bytes of a user's stored files (media and uploads). Deleted files do not count, even while the deletion can be undone. A
-- pending upload counts as the number of bytes that the client has announced.
-- The row with user_id 00000000-… is the total of all users.
-- Triggers append each change to storage_changes, and merge_storage_changes adds it to this table later. If triggers updated
-- the total of all users directly, transactions would wait for each other, and there could be deadlocks.
create table public.storage_usage (
  user_id uuid primary key,
  bytes bigint not null
);

comment on table public.storage_usage is 'The bytes of the stored files of each user, without the changes in storage_changes.';

alter table public.storage_usage enable row level security;

revoke all on public.storage_usage from anon, authenticated, public;
grant all on public.storage_usage to service_role;

create table public.storage_changes (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  bytes bigint not null
);

comment on table public.storage_changes is 'Changes of storage_usage that are not yet added to it.';

create index storage_changes_user on public.storage_changes (user_id);

alter table public.storage_changes enable row level security;

revoke all on public.storage_changes from anon, authenticated, public;
grant all on public.storage_changes to service_role;

-- Returns the bytes of the stored files of a user, or of all users.
create function public.stored_bytes(p_user uuid)
returns bigint language sql stable set search_path = '' as $$
  select coalesce((select bytes from public.storage_usage where user_id = p_user), 0)
    + coalesce((select sum(bytes) from public.storage_changes where user_id = p_user), 0)::bigint;
$$;

-- Moves the rows of storage_changes into storage_usage. claim_storage_removals calls this regularly, so that the function
-- stored_bytes has few rows of storage_changes to add up.
create function public.merge_storage_changes()
returns void language sql set search_path = '' as $$
  with merged as (delete from public.storage_changes returning user_id, bytes)
  insert into public.storage_usage as usage (user_id, bytes)
  select user_id, sum(bytes) from merged group by user_id
  on conflict (user_id) do update set bytes = usage.bytes + excluded.bytes;
$$;

-- Appends the bytes of a file to storage_changes, for the file's user and for the total. The trigger's argument says whether
-- the file was added (+) or removed (-).
-- Security definer: the role that deletes an account has no rights on storage_changes.
create function public.on_stored_bytes_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
declare
  owner constant uuid := coalesce(new.user_id, old.user_id);
  change constant bigint := case tg_argv[0] when '+' then new.bytes else -old.bytes end;
begin
  insert into public.storage_changes (user_id, bytes)
  values (owner, change), ('00000000-0000-0000-0000-000000000000', change);
  return null;
end;
$$;

create trigger sdxl_images_bytes_added after insert on public.sdxl_images
  for each row when (new.purge_at is null) execute function public.on_stored_bytes_changed('+');
create trigger sdxl_images_bytes_restored after update of purge_at on public.sdxl_images
  for each row when (old.purge_at is not null and new.purge_at is null) execute function public.on_stored_bytes_changed('+');
create trigger sdxl_images_bytes_hidden after update of purge_at on public.sdxl_images
  for each row when (old.purge_at is null and new.purge_at is not null) execute function public.on_stored_bytes_changed('-');
create trigger sdxl_images_bytes_removed after delete on public.sdxl_images
  for each row when (old.purge_at is null) execute function public.on_stored_bytes_changed('-');
create trigger uploads_bytes_added after insert on public.uploads
  for each row when (new.purge_at is null) execute function public.on_stored_bytes_changed('+');
create trigger uploads_bytes_restored after update of purge_at on public.uploads
  for each row when (old.purge_at is not null and new.purge_at is null) execute function public.on_stored_bytes_changed('+');
create trigger uploads_bytes_hidden after update of purge_at on public.uploads
  for each row when (old.purge_at is null and new.purge_at is not null) execute function public.on_stored_bytes_changed('-');
create trigger uploads_bytes_removed after delete on public.uploads
  for each row when (old.purge_at is null) execute function public.on_stored_bytes_changed('-');
create trigger pending_uploads_bytes_added after insert on public.pending_uploads
  for each row when (new.ended_at is null) execute function public.on_stored_bytes_changed('+');
create trigger pending_uploads_bytes_ended after update of ended_at on public.pending_uploads
  for each row when (old.ended_at is null and new.ended_at is not null) execute function public.on_stored_bytes_changed('-');
create trigger pending_uploads_bytes_removed after delete on public.pending_uploads
  for each row when (old.ended_at is null) execute function public.on_stored_bytes_changed('-');

-- Returns today's usage of the user and of all users, the stored bytes of both, the number of the user's running predictions,
-- whether the account is new, and the limits that an administrator has set for the user, or null.
create function public.usage_today(p_user uuid)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'used', coalesce(own.used, 0),
    'total_used', coalesce(total.used, 0),
    'usd', coalesce(own.usd, 0),
    'total_usd', coalesce(total.usd, 0),
    'in_flight', (
      select count(*) from public.predictions
      where user_id = p_user and status in ('queued', 'starting', 'processing')),
    'stored_bytes', public.stored_bytes(p_user),
    'total_stored_bytes', public.stored_bytes('00000000-0000-0000-0000-000000000000'),
    'is_new', public.is_new_account(p_user),
    'limits', (
      select jsonb_build_object(
        'daily_images', daily_images, 'daily_usd', daily_usd, 'in_flight', in_flight, 'storage_bytes', storage_bytes)
      from public.user_limits where user_id = p_user),
    'resets_at', to_char(today + 1, 'YYYY-MM-DD"T00:00:00.000Z"'))
  from (select (now() at time zone 'utc')::date as today) clock
  left join public.usage_daily own on own.user_id = p_user and own.day = today
  left join public.usage_daily total on total.user_id = '00000000-0000-0000-0000-000000000000' and total.day = today;
$$;

-- Rate limits, as token buckets: each request takes a token from a bucket, and the tokens refill evenly. At full_at, a bucket has
-- all its tokens again, and its row is no longer needed.
create table public.rate_limits (
  name text primary key,
  full_at timestamptz not null
);

comment on table public.rate_limits is 'Token buckets for the rate limits that all servers share, such as sign-in attempts.';

create index rate_limits_full on public.rate_limits (full_at);

alter table public.rate_limits enable row level security;
revoke all on public.rate_limits from anon, authenticated, public;
grant all on public.rate_limits to service_role;

-- Takes a token from a bucket of p_limit tokens, which refill evenly within p_seconds. Returns 0, or the seconds until a token
-- is available. If p_limit is negative, puts a token back into the bucket of -p_limit tokens.
create function public.consume_rate_limit(p_name text, p_limit integer, p_seconds double precision)
returns double precision language plpgsql set search_path = '' as $$
declare
  span constant interval := make_interval(secs => p_seconds);
  -- The time in which one token refills. A microsecond is subtracted, because Postgres may round the interval up. Otherwise
  -- p_limit steps could together be longer than `span`, and the last token could not be taken.
  step constant interval := make_interval(secs => p_seconds / p_limit) - interval '1 microsecond';
  wait double precision;
begin
  insert into public.rate_limits as bucket (name, full_at) values (p_name, clock_timestamp() + step)
  on conflict (name) do update set full_at = greatest(bucket.full_at, clock_timestamp()) + step
    where greatest(bucket.full_at, clock_timestamp()) + step <= clock_timestamp() + span;
  if found then
    wait := 0;
  else
    select greatest(0.001, extract(epoch from full_at + step - span - clock_timestamp()))
    into wait from public.rate_limits where name = p_name;
  end if;

  -- Every call also deletes some buckets that have all their tokens again, to keep the table small. A bucket without a row has
  -- all its tokens.
  delete from public.rate_limits where name in (
    select name from public.rate_limits where full_at < now() order by full_at limit 20 for update skip locked
  );
  return coalesce(wait, 0.001);
end;
$$;

revoke execute on function
  public.add_usage, public.is_new_account, public.stored_bytes, public.merge_storage_changes, public.on_stored_bytes_changed,
  public.usage_today, public.consume_rate_limit
from public, anon, authenticated;
grant execute on function
  public.add_usage, public.is_new_account, public.stored_bytes, public.merge_storage_changes, public.usage_today,
  public.consume_rate_limit
to service_role;
