-- API keys. With an API key of a user, a program can use /api/v1 as this user.

create table public.api_keys (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 100),
  -- The first characters of the key, so that its owner recognizes it.
  start text not null,
  -- The SHA-256 of the key. The key itself is stored nowhere. It contains 32 random bytes, so nobody can guess it.
  hash text not null unique,
  scopes text[] not null check (scopes <@ array['predict', 'read', 'manage'] and cardinality(scopes) > 0),
  -- The most images and US dollars that all predictions with this key may use per day (UTC). Null: only the user's own limits
  -- apply.
  daily_images integer check (daily_images >= 0),
  daily_usd numeric check (daily_usd >= 0),
  -- Null: the key does not expire.
  expires_at timestamptz,
  -- The hour in which the key was last used. Null: never.
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz(3) not null default now()
);

comment on table public.api_keys is 'The API keys of the users, without their secrets.';

create index api_keys_user on public.api_keys (user_id, created_at desc);

alter table public.api_keys enable row level security;

create policy "Owners read their keys" on public.api_keys
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Only a complete sign-in reaches rows" on public.api_keys
  as restrictive for all to authenticated using ((select public.is_admitted()));

revoke all on public.api_keys from anon, authenticated, public;
grant select on public.api_keys to authenticated;
grant all on public.api_keys to service_role;

-- The key that started a prediction. Null: it was started without a key, or the key was deleted.
alter table public.predictions add column key_id uuid references public.api_keys (id) on delete set null;

create index predictions_key on public.predictions (key_id, created_at) where key_id is not null;

-- Adds a key for the user. Returns no row if the user already has p_count keys that are not revoked. p_key: the columns of the
-- row.
create function public.create_api_key(p_user uuid, p_key jsonb, p_count integer)
returns setof public.api_keys language plpgsql set search_path = '' as $$
declare
  given constant public.api_keys := jsonb_populate_record(null::public.api_keys, p_key);
begin
  -- Makes other requests of this user wait, so that two requests at the same time cannot both add the last allowed key.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('api keys ' || p_user, 0));
  if (select count(*) from public.api_keys where user_id = p_user and revoked_at is null) >= p_count then return; end if;
  -- Of the revoked keys, only the newest ones stay. Otherwise a user could add any number of rows.
  delete from public.api_keys where id in (
    select id from public.api_keys where user_id = p_user and revoked_at is not null
    order by revoked_at desc, id offset p_count);
  return query
    insert into public.api_keys (user_id, name, start, hash, scopes, daily_images, daily_usd, expires_at)
    values (p_user, given.name, given.start, given.hash, given.scopes, given.daily_images, given.daily_usd, given.expires_at)
    returning *;
end;
$$;

-- Revokes a key of the user, and returns its row. If the key was already revoked, nothing changes. Returns no row if the user has
-- no such key.
create function public.revoke_api_key(p_user uuid, p_id uuid)
returns setof public.api_keys language sql set search_path = '' as $$
  update public.api_keys set revoked_at = coalesce(revoked_at, now()) where id = p_id and user_id = p_user returning *;
$$;

-- Returns a key that works now, by its hash, and its user in the format of Supabase Auth. Returns null if there is no such
-- key, if it was revoked or has expired, if its user is blocked, or if the account is being deleted. Also updates last_used_at
-- of the key.
-- Security definer: the server has no rights on the schema auth.
create function public.find_api_key(p_hash text)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_key record;
  this_hour constant timestamptz := date_trunc('hour', now(), 'UTC');
begin
  select key.*, account.email, account.raw_user_meta_data as user_metadata into found_key
  from public.api_keys key join auth.users account on account.id = key.user_id
  where key.hash = p_hash
    and key.revoked_at is null and (key.expires_at is null or key.expires_at > now())
    and not exists (select from public.user_limits where user_id = key.user_id and blocked_at is not null)
    and not exists (select from public.account_deletions where user_id = key.user_id and due_at <= now());
  if not found then return null; end if;
  -- last_used_at is written only once an hour, so that many requests with one key do not wait for each other.
  update public.api_keys set last_used_at = this_hour where id = found_key.id and last_used_at is distinct from this_hour;
  return jsonb_build_object(
    'id', found_key.id, 'scopes', found_key.scopes, 'expires_at', found_key.expires_at,
    'user', jsonb_build_object(
      'id', found_key.user_id, 'email', found_key.email, 'user_metadata', found_key.user_metadata));
end;
$$;

-- Checks the daily limits of a key. Returns null if the key may start a prediction with these images and US dollars now.
-- Otherwise returns the outcome and the values with which start_prediction rejects the request. The usage of a key is the sum
-- of counted_images and counted_usd of its predictions of this day. So when update_prediction corrects these columns at the
-- end of a prediction, the usage of the key is correct too. The caller must hold the lock of start_prediction: otherwise two
-- requests at the same time could both use the rest of a limit.
create function public.check_api_key(p_key uuid, p_user uuid, p_images integer, p_usd numeric)
returns jsonb language plpgsql stable set search_path = '' as $$
declare
  today constant timestamptz := date_trunc('day', now(), 'UTC');
  key public.api_keys;
  used record;
begin
  select * into key from public.api_keys
  where id = p_key and user_id = p_user and revoked_at is null and (expires_at is null or expires_at > now());
  if not found then return jsonb_build_object('outcome', 'key_refused'); end if;
  if key.daily_images is null and key.daily_usd is null then return null; end if;

  select coalesce(sum(counted_images), 0) as images, coalesce(sum(counted_usd), 0) as usd into used
  from public.predictions
  where key_id = p_key and created_at >= today and created_at < today + interval '1 day';
  if p_images > 0 and key.daily_images < p_images + used.images then
    return jsonb_build_object('outcome', 'key_quota_exceeded');
  end if;
  if key.daily_usd < p_usd + used.usd then
    return jsonb_build_object(
      'outcome', 'key_budget_exceeded', 'left_usd', key.daily_usd - used.usd, 'limit_usd', key.daily_usd);
  end if;
  return null;
end;
$$;

revoke execute on function
  public.create_api_key, public.revoke_api_key, public.find_api_key, public.check_api_key
from public, anon, authenticated;

grant execute on function
  public.create_api_key, public.revoke_api_key, public.find_api_key, public.check_api_key
to service_role;
