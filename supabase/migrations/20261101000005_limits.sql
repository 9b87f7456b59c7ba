-- Limits: the daily usage, and rate limits that all servers share.

-- The images of a user on a day (UTC), which is the day on which the prediction was created: the requested images, or for a
-- succeeded prediction the generated ones. A prediction that failed or was canceled after its start still counts the requested
-- images, and one that never started counts none. The row with user_id 00000000-… is the total of all users.
create table public.usage_daily (
  user_id uuid not null,
  day date not null,
  used integer not null default 0 check (used >= 0),
  primary key (user_id, day)
);

comment on table public.usage_daily is 'Images requested and made on a day (UTC), for the daily limits.';

alter table public.usage_daily enable row level security;

create policy "Owners read their usage" on public.usage_daily
  for select to authenticated using ((select auth.uid()) = user_id);

revoke all on public.usage_daily from anon, authenticated, public;
grant select on public.usage_daily to authenticated;
grant all on public.usage_daily to service_role;

-- Adds p_count to the day's usage of the user and of all users. A negative p_count is a refund.
create function public.add_usage(p_user uuid, p_day date, p_count integer)
returns void language sql set search_path = '' as $$
  insert into public.usage_daily as usage (user_id, day, used)
  -- The total first, as in start_prediction: another lock order could deadlock.
  values ('00000000-0000-0000-0000-000000000000', p_day, greatest(0, p_count)), (p_user, p_day, greatest(0, p_count))
  on conflict (user_id, day) do update set used = greatest(0, usage.used + p_count);
$$;

-- Whether the account is less than a day old. Security definer: the server has no rights on the schema auth.
create function public.is_new_account(p_user uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from auth.users where id = p_user and created_at > now() - interval '24 hours');
$$;

-- Returns today's usage: the user's, the total of all users, the user's running predictions, and whether the account is new.
create function public.usage_today(p_user uuid)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'used', coalesce((select used from public.usage_daily where user_id = p_user and day = today), 0),
    'total_used', coalesce(
      (select used from public.usage_daily where user_id = '00000000-0000-0000-0000-000000000000' and day = today), 0),
    'in_flight', (
      select count(*) from public.predictions
      where user_id = p_user and status in ('queued', 'starting', 'processing')),
    'is_new', public.is_new_account(p_user),
    'resets_at', to_char(today + 1, 'YYYY-MM-DD"T00:00:00.000Z"'))
  from (select (now() at time zone 'utc')::date as today) clock;
$$;

-- Token buckets by name. A bucket is full at full_at; after that, its row has no meaning.
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
-- is available.
create function public.consume_rate_limit(p_name text, p_limit integer, p_seconds double precision)
returns double precision language plpgsql set search_path = '' as $$
declare
  span constant interval := make_interval(secs => p_seconds);
  -- Shorter by a microsecond, because rounding up could make the last token exceed the time span.
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

  -- Every call deletes some full buckets, so that the table stays small.
  delete from public.rate_limits where name in (
    select name from public.rate_limits where full_at < now() order by full_at limit 20 for update skip locked
  );
  return coalesce(wait, 0.001);
end;
$$;

revoke execute on function public.add_usage, public.is_new_account, public.usage_today, public.consume_rate_limit
from public, anon, authenticated;
grant execute on function public.add_usage, public.is_new_account, public.usage_today, public.consume_rate_limit
to service_role;
