-- Images asked for, per user and day (UTC). The row of the nil uuid is the total of all users.

create table public.usage_daily (
  user_id uuid not null,
  day date not null,
  used integer not null default 0 check (used >= 0),
  primary key (user_id, day)
);

comment on table public.usage_daily is 'Images asked for on a day (UTC), for the daily limits.';

alter table public.usage_daily enable row level security;

create policy "Owners read their usage" on public.usage_daily
  for select to authenticated using ((select auth.uid()) = user_id);

revoke all on public.usage_daily from anon, authenticated, public;
grant select on public.usage_daily to authenticated;
grant all on public.usage_daily to service_role;

create function public.use_images(p_user uuid, p_day date, p_count integer)
returns void language sql set search_path = '' as $$
  insert into public.usage_daily as usage (user_id, day, used)
  -- The total's row first, as everywhere: two orders of locking would be a deadlock.
  values ('00000000-0000-0000-0000-000000000000', p_day, greatest(0, p_count)), (p_user, p_day, greatest(0, p_count))
  on conflict (user_id, day) do update set used = greatest(0, usage.used + p_count);
$$;

revoke execute on function public.use_images from public, anon, authenticated;
grant execute on function public.use_images to service_role;
