-- How a prediction is started: with fewer pictures on an account's first day, and under an id that the caller has chosen.

-- Whether the account is younger than a day. Security definer: the server may not look into auth.
create function public.is_new_account(p_user uuid)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from auth.users where id = p_user and created_at > now() - interval '24 hours');
$$;

-- Admits a prediction: idempotency, limits and the row in one transaction.
-- A limit of null is no limit. The row comes leased to the caller, who sends the create request. `retry_after` is in seconds.
-- A caller that gives the row's id finds the row by it if this answer is lost: the lease's first token is the same.
drop function public.start_prediction;

create function public.start_prediction(
  p_user uuid, p_key text, p_hash text, p_model text, p_version text, p_tool text, p_parent uuid, p_input jsonb,
  p_images integer, p_user_limit integer, p_total_limit integer, p_in_flight_limit integer, p_lease_seconds double precision,
  -- Servers of earlier versions do not give these.
  p_minute_limit integer default null,
  p_new_user_limit integer default null, p_id uuid default null
) returns jsonb language plpgsql set search_path = '' as $$
declare
  today date := (now() at time zone 'utc')::date;
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  found_row public.predictions;
  recent record;
  day_limit integer := p_user_limit;
  new_id constant uuid := coalesce(p_id, gen_random_uuid());
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

  if p_new_user_limit is not null and public.is_new_account(p_user) then
    day_limit := least(p_user_limit, p_new_user_limit);
  end if;
  if day_limit < p_images + coalesce((select used from public.usage_daily where user_id = p_user and day = today), 0) then
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
    (id, user_id, idempotency_key, request_hash, model, version, tool, parent_image_id, input, image_count, lease_token,
     lease_until)
  values
    (new_id, p_user, p_key, p_hash, p_model, p_version, p_tool, p_parent, p_input, p_images, new_id,
     now() + make_interval(secs => p_lease_seconds))
  returning * into found_row;
  return jsonb_build_object('outcome', 'created', 'prediction', to_jsonb(found_row));
end;
$$;

-- What a person has used of today, what the day holds for everybody, and whether it is the account's first.
create or replace function public.usage_today(p_user uuid)
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

revoke execute on function public.is_new_account, public.start_prediction, public.usage_today from public, anon, authenticated;
grant execute on function public.is_new_account, public.start_prediction, public.usage_today to service_role;
