-- Limits of time: how often one person may start a prediction, how often one address may try to sign in, and what is left today.

-- Admits a prediction: idempotency, limits and the row in one transaction.
-- A limit of null is no limit. The row comes leased to the caller, who sends the create request. `retry_after` is in seconds.
drop function public.start_prediction;

create function public.start_prediction(
  p_user uuid, p_key text, p_hash text, p_model text, p_version text, p_tool text, p_parent uuid, p_input jsonb,
  p_images integer, p_user_limit integer, p_total_limit integer, p_in_flight_limit integer, p_lease_seconds double precision,
  -- Servers of the version before this one do not give it.
  p_minute_limit integer default null
) returns jsonb language plpgsql set search_path = '' as $$
declare
  today date := (now() at time zone 'utc')::date;
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  found_row public.predictions;
  recent record;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_user::text, 0));

  select * into found_row from public.predictions where user_id = p_user and idempotency_key = p_key;
  if found then
    return jsonb_build_object(
      'outcome', case when found_row.request_hash = p_hash then 'replayed' else 'mismatch' end,
      'prediction', to_jsonb(found_row));
  end if;

  if p_in_flight_limit <= (
    select count(*) from public.predictions
    where user_id = p_user and status in ('queued', 'starting', 'processing')
  ) then
    return jsonb_build_object('outcome', 'in_flight_limit');
  end if;

  if p_user_limit < p_images + coalesce((select used from public.usage_daily where user_id = p_user and day = today), 0) then
    return jsonb_build_object('outcome', 'quota_exceeded');
  end if;

  select count(*) as made, min(created_at) as first_at into recent from (
    select created_at from public.predictions
    where user_id = p_user and created_at > now() - interval '1 minute'
    order by created_at desc limit p_minute_limit
  ) latest;
  if p_minute_limit <= recent.made then
    return jsonb_build_object(
      'outcome', 'rate_limited',
      'retry_after', greatest(1, ceil(extract(epoch from recent.first_at + interval '1 minute' - now()))));
  end if;

  if p_total_limit is not null then
    -- The total's row is the one lock that all users share: always taken before a user's own, and held shortly.
    insert into public.usage_daily (user_id, day) values (nobody, today) on conflict do nothing;
    if p_total_limit < p_images + (select used from public.usage_daily where user_id = nobody and day = today for update) then
      return jsonb_build_object('outcome', 'spend_cap');
    end if;
  end if;

  perform public.use_images(p_user, today, p_images);
  insert into public.predictions
    (user_id, idempotency_key, request_hash, model, version, tool, parent_image_id, input, image_count, lease_token, lease_until)
  values
    (p_user, p_key, p_hash, p_model, p_version, p_tool, p_parent, p_input, p_images,
     gen_random_uuid(), now() + make_interval(secs => p_lease_seconds))
  returning * into found_row;
  return jsonb_build_object('outcome', 'created', 'prediction', to_jsonb(found_row));
end;
$$;

-- What a person has used of today, and what the day holds for everybody.
create function public.usage_today(p_user uuid)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'used', coalesce((select used from public.usage_daily where user_id = p_user and day = today), 0),
    'total_used', coalesce(
      (select used from public.usage_daily where user_id = '00000000-0000-0000-0000-000000000000' and day = today), 0),
    'in_flight', (
      select count(*) from public.predictions
      where user_id = p_user and status in ('queued', 'starting', 'processing')),
    'resets_at', to_char(today + 1, 'YYYY-MM-DD"T00:00:00.000Z"'))
  from (select (now() at time zone 'utc')::date as today) clock;
$$;

-- Buckets of turns, by what they are for. One that is full again says nothing any more.
create table public.turns (
  name text primary key,
  full_at timestamptz not null
);

comment on table public.turns is 'Who has tried what lately: buckets that fill again, for limits that all instances share.';

create index turns_full on public.turns (full_at);

alter table public.turns enable row level security;
revoke all on public.turns from anon, authenticated, public;
grant all on public.turns to service_role;

-- Takes one of `p_limit` turns, which come back one by one within `p_seconds`. 0: taken; else the seconds until there is one.
create function public.take_turn(p_name text, p_limit integer, p_seconds double precision)
returns double precision language plpgsql set search_path = '' as $$
declare
  span constant interval := make_interval(secs => p_seconds);
  -- Rounded up, the last of the turns would not fit.
  step constant interval := make_interval(secs => p_seconds / p_limit) - interval '1 microsecond';
  wait double precision;
begin
  insert into public.turns as turn (name, full_at) values (p_name, clock_timestamp() + step)
  on conflict (name) do update set full_at = greatest(turn.full_at, clock_timestamp()) + step
    where greatest(turn.full_at, clock_timestamp()) + step <= clock_timestamp() + span;
  if found then
    wait := 0;
  else
    select greatest(0.001, extract(epoch from full_at + step - span - clock_timestamp()))
    into wait from public.turns where name = p_name;
  end if;

  delete from public.turns where name in (
    select name from public.turns where full_at < now() order by full_at limit 20 for update skip locked
  );
  return coalesce(wait, 0.001);
end;
$$;

revoke execute on function public.start_prediction, public.usage_today, public.take_turn from public, anon, authenticated;
grant execute on function public.start_prediction, public.usage_today, public.take_turn to service_role;
